package org.shardmean;

import java.time.Duration;

/**
 * How often something may be done beside a training: not before some time has passed, and so seldom
 * that it takes no more than a share of the time. Times are those of one clock, in nanoseconds.
 */
final class Pace {
  /** Of the time between two beginnings, one part in so many is used. */
  static final int SHARE = 100;

  private final long least;
  private long due;

  /**
   * Due for the first time after {@code first}.
   *
   * @param least between two beginnings
   */
  Pace(Duration first, Duration least, long now) {
    this.least = least.toNanos();
    this.due = now + first.toNanos();
  }

  boolean isDue(long now) {
    return now - due >= 0;
  }

  /** It was done: the longer it took, the longer it rests. */
  void done(long began, long ended) {
    due = began + Math.max(least, SHARE * (ended - began));
  }
}
