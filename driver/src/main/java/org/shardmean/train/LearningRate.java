package org.shardmean.train;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The learning rate as a function of how far the run is, and of nothing else: so every worker, at
 * the same point of the run, uses the same one.
 *
 * @param schedule how the rate moves
 * @param peak the highest rate, above zero
 * @param warmup the share of the run over which the rate rises linearly from zero to the peak, 0 to
 *     1; used by every schedule
 */
public record LearningRate(Schedule schedule, double peak, double warmup) implements Serializable {
  public LearningRate {
    requireNonNull(schedule, "schedule");
    if (!(peak > 0) || Double.isInfinite(peak)) {
      throw new IllegalArgumentException("learning rate must be above 0, found " + peak);
    }
    if (!(warmup >= 0 && warmup < 1)) {
      throw new IllegalArgumentException("warm-up must be 0 up to 1, found " + warmup);
    }
  }

  public static LearningRate constant(double rate) {
    return new LearningRate(Schedule.CONSTANT, rate, 0);
  }

  /**
   * The rate for a step.
   *
   * @param progress the share of the run's steps up to the middle of this one, 0 to 1
   */
  public double at(double progress) {
    if (progress < warmup) {
      return peak * progress / warmup;
    }
    double rest = (progress - warmup) / (1 - warmup);
    return switch (schedule) {
      case CONSTANT -> peak;
      case COSINE -> peak * (1 + StrictMath.cos(Math.PI * rest)) / 2;
      case ONE_CYCLE -> peak * (1 - rest);
    };
  }

  /** This rate with another schedule. */
  public LearningRate withSchedule(Schedule schedule) {
    return new LearningRate(schedule, peak, warmup);
  }

  /** This rate with another peak. */
  public LearningRate withPeak(double peak) {
    return new LearningRate(schedule, peak, warmup);
  }

  /** This rate with another warm-up. */
  public LearningRate withWarmup(double warmup) {
    return new LearningRate(schedule, peak, warmup);
  }
}
