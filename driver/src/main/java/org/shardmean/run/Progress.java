package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.OuterStep;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.Moments;
import org.shardmean.train.TrainingState;

/**
 * How far a run has come: all that it needs to go on as if nothing had happened, on any cluster. It
 * changes only between two rounds, and each time becomes another value.
 *
 * <p>The arrays are held, not copied, and nobody writes to them any more.
 *
 * @param state what the next round starts from
 * @param ownMoments each worker's own, in order of worker, where workers keep them; otherwise empty
 * @param velocity of the outer step; empty where it has none
 * @param lastStep the last round's averaged step; empty before the first round
 * @param unjudged scores of rounds that were too small to tell whether the run diverges
 * @param kept the parameters that the run would end with now: of the last epoch, or with patience
 *     of the best; the start's before an epoch has ended
 * @param epochs what each finished epoch did, in order
 * @param rounds what the rounds of the current epoch did so far, in order
 */
public record Progress(
    TrainingState state,
    List<Moments> ownMoments,
    float[] velocity,
    float[] lastStep,
    TrainingScore unjudged,
    float[] kept,
    List<EpochRecord> epochs,
    List<RoundRecord> rounds) {
  public Progress {
    requireNonNull(state, "state");
    ownMoments = List.copyOf(ownMoments);
    requireNonNull(velocity, "velocity");
    requireNonNull(lastStep, "lastStep");
    requireNonNull(unjudged, "unjudged");
    requireNonNull(kept, "kept");
    epochs = List.copyOf(epochs);
    rounds = List.copyOf(rounds);
  }

  /** Nothing is done yet. */
  public static Progress start(TrainingState state, AveragingSettings averaging) {
    return new Progress(
        state,
        List.of(),
        new OuterStep(averaging, state.parameters().length).velocity(),
        new float[0],
        TrainingScore.EMPTY,
        state.parameters(),
        List.of(),
        List.of());
  }

  /** The current epoch, from 1: one past the last that has ended. */
  public int epoch() {
    return epochs.size() + 1;
  }

  /** The round that comes next, from 1; one past the last when the epoch waits to be scored. */
  public int round() {
    return rounds.size() + 1;
  }

  /**
   * The round of the current epoch that has just ended.
   *
   * @throws IndexOutOfBoundsException if none has
   */
  public RoundRecord lastRound() {
    return rounds.get(rounds.size() - 1);
  }

  /**
   * The epoch that has just ended.
   *
   * @throws IndexOutOfBoundsException if none has
   */
  public EpochRecord lastEpoch() {
    return epochs.get(epochs.size() - 1);
  }

  /** What patience makes of the epochs that have ended. */
  public EarlyStopping stopping(int patience) {
    return EarlyStopping.after(patience, epochs);
  }

  /** Whether all epochs have ended, or patience has run out. */
  public boolean isDone(RunConfig config) {
    return epochs.size() >= config.epochs() || stopping(config.patience()).isDue();
  }

  /** With the current epoch ended. */
  public Progress afterEpoch(EpochRecord epoch, int patience) {
    List<EpochRecord> ended = with(epochs, epoch);
    boolean keeps = EarlyStopping.after(patience, ended).keepsLastEpoch();
    return new Progress(
        state,
        ownMoments,
        velocity,
        lastStep,
        unjudged,
        keeps ? state.parameters() : kept,
        ended,
        List.of());
  }

  /** The rounds of the current epoch, with the one that has just ended. */
  public List<RoundRecord> roundsWith(RoundRecord round) {
    return with(rounds, round);
  }

  /** For people, such as {@code epoch 3, round 2 of 8}: what is done. */
  public String inWords(int roundsPerEpoch) {
    return rounds.isEmpty()
        ? epochs.isEmpty() ? "the start" : "epoch " + epochs.size()
        : "epoch %d, round %d of %d".formatted(epoch(), rounds.size(), roundsPerEpoch);
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
