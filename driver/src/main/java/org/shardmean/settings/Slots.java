package org.shardmean.settings;

import static java.util.Objects.requireNonNull;

/**
 * How many tasks can run at once.
 *
 * @param count at least 1
 * @param origin where the number comes from, for people, such as {@code 2 executors of 4 cores}
 */
public record Slots(int count, String origin) {
  public Slots {
    requireNonNull(origin, "origin");
    if (count < 1) {
      throw new IllegalArgumentException("task slots must be at least 1, found " + count);
    }
  }

  /** So many, wherever they are. */
  public static Slots of(int count) {
    return new Slots(count, "task slots");
  }
}
