package org.shardmean.spark;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ShardAssignment;
import org.shardmean.model.MissingBlasException;
import org.shardmean.run.FirstSteps;
import org.shardmean.run.RunConfig;
import org.shardmean.train.EngineKind;
import org.shardmean.train.FollowedWeight;
import org.shardmean.train.LossSlice;
import org.shardmean.train.RoundPlan;

/**
 * The beginning of a run, done once more on the driver when the run is over, to be shown: a few
 * local steps, and the loss of a few examples at a few dozen places. All of it takes some
 * hundredths of a second, so the run keeps nothing for it.
 */
final class FirstStepsAgain {
  /** Of the loss surface; each place costs a pass over all of them. */
  private static final int EXAMPLES = 128;

  /** A larger network is too much for this. */
  private static final int MOST_PARAMETERS = 2_000_000;

  private FirstStepsAgain() {}

  /**
   * What there is to show.
   *
   * @param dealt whose examples are whose in the first epoch; empty for one worker
   * @param start the run's first parameters
   * @param wereOurs whether this driver did the first round; another may have had another schedule
   */
  static FirstSteps of(
      ExampleSource training,
      RunConfig config,
      Optional<ShardAssignment> dealt,
      float[] start,
      boolean wereOurs) {
    if (start.length > MOST_PARAMETERS || config.local().engine() != EngineKind.FUSED) {
      return FirstSteps.NONE;
    }
    try {
      return new FirstSteps(
          wereOurs ? weight(training, config, dealt, start) : Optional.empty(),
          LossSlice.of(config.model(), training.select(spread(training.count())), start));
    } catch (MissingBlasException e) {
      return FirstSteps.NONE; // A driver without it can still drive executors that have it.
    }
  }

  private static Optional<FollowedWeight> weight(
      ExampleSource training, RunConfig config, Optional<ShardAssignment> dealt, float[] start) {
    int[] shard =
        dealt
            .map(assignment -> assignment.examplesOf(0))
            .orElseGet(() -> IntStream.range(0, training.count()).toArray());
    RoundPlan plan =
        new RoundPlan(config.seed(), config.epochs(), config.averaging().roundsPerEpoch(), 1, 1);
    int used = FollowedWeight.examples(config.local(), plan, shard.length);
    if (used == 0) {
      return Optional.empty();
    }
    int[] order = plan.order(0, shard.length).copy(0, used);
    int[] first = Arrays.stream(order).map(place -> shard[place]).toArray();
    return FollowedWeight.follow(
        config.model(), config.local(), plan, training.select(first), shard.length, start);
  }

  private static int[] spread(int count) {
    int some = Math.min(EXAMPLES, count);
    return IntStream.range(0, some).map(i -> (int) ((long) i * count / some)).toArray();
  }
}
