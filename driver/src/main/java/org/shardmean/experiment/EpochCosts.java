package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.report.Message;
import org.shardmean.run.RunConfig;

/** What an epoch of training takes: measured now, or told from a grid. */
public interface EpochCosts {
  /**
   * One epoch's training, without its evaluation.
   *
   * @param cores task slots
   * @param images of an epoch, at least one for each worker
   */
  Cost of(RunConfig config, int cores, long images);

  /**
   * Seconds of an epoch.
   *
   * @param seconds NaN where they cannot be told
   * @param range where nine epochs of ten lie; none where that is not known
   * @param unknown why the seconds cannot be told; none where they can
   */
  record Cost(double seconds, Optional<Interval> range, Optional<Message> unknown) {
    public Cost {
      requireNonNull(range, "range");
      requireNonNull(unknown, "unknown");
    }

    static Cost of(double seconds) {
      return new Cost(seconds, Optional.empty(), Optional.empty());
    }

    static Cost of(double seconds, Interval range) {
      return new Cost(seconds, Optional.of(range), Optional.empty());
    }

    static Cost unknown(Message why) {
      return new Cost(Double.NaN, Optional.empty(), Optional.of(why));
    }

    public boolean isKnown() {
      return unknown.isEmpty();
    }
  }
}
