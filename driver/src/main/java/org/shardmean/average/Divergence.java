package org.shardmean.average;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.shardmean.metrics.TrainingScore;

/**
 * Tells a training that has diverged from one that is merely bad. It judges the mean loss over all
 * workers, and only over enough examples: a few bad ones in a small batch say nothing. NaN and
 * infinity it reports at once.
 */
public final class Divergence {
  /** So many times the loss of guessing is no bad luck. */
  private static final double TIMES_GUESSING = 4;

  /** Rounds of fewer examples than this are judged together. */
  private static final int LEAST_EXAMPLES = 500;

  private final double highestLoss;
  private TrainingScore unjudged;

  /**
   * One that begins.
   *
   * @param lossOfGuessing the loss an example of a network that knows nothing; infinite where that
   *     is not known
   */
  public Divergence(double lossOfGuessing) {
    this(lossOfGuessing, TrainingScore.EMPTY);
  }

  /**
   * One that goes on.
   *
   * @param unjudged of the rounds before that were too small to be judged
   */
  public Divergence(double lossOfGuessing, TrainingScore unjudged) {
    this.highestLoss = TIMES_GUESSING * lossOfGuessing;
    this.unjudged = requireNonNull(unjudged, "unjudged");
  }

  /** Of the rounds so far that were too small to be judged. */
  public TrainingScore unjudged() {
    return unjudged;
  }

  /**
   * Judges a round, together with those before it that were too small to be judged. Changes {@link
   * #unjudged}: a round is to be judged once.
   *
   * @param round the sum over all workers; a number that is not finite in any worker's parameters
   *     or loss makes those of the sum not finite
   * @return what is wrong, in a line, if anything is
   */
  public Optional<String> judge(RoundSum round) {
    unjudged = unjudged.plus(round.score());
    if (!Double.isFinite(round.score().lossSum()) || !Vectors.isFinite(round.mean().parameters())) {
      return Optional.of("expected finite parameters and loss, found NaN or infinity");
    }
    if (unjudged.examples() < LEAST_EXAMPLES) {
      return Optional.empty();
    }
    double loss = unjudged.loss();
    unjudged = TrainingScore.EMPTY;
    return loss <= highestLoss
        ? Optional.empty()
        : Optional.of(
            "expected a mean loss of at most %.1f, found %.4g".formatted(highestLoss, loss));
  }
}
