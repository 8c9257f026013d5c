package org.shardmean.settings;

import static java.util.Objects.requireNonNull;

/**
 * A setting that nobody gave.
 *
 * @param value what it was set to
 * @param reason why, for people
 */
public record Derived<T>(T value, String reason) {
  public Derived {
    requireNonNull(value, "value");
    requireNonNull(reason, "reason");
  }
}
