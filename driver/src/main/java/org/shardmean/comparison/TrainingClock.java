package org.shardmean.comparison;

/** A clock that stands still while a network is scored. */
public final class TrainingClock {
  private long began;
  private long nanos;
  private boolean runs;

  private TrainingClock() {}

  /** One that runs from now. */
  public static TrainingClock start() {
    TrainingClock clock = new TrainingClock();
    clock.goOn();
    return clock;
  }

  /** Stands still. */
  public void pause() {
    nanos += runs ? System.nanoTime() - began : 0;
    runs = false;
  }

  /** Runs again. */
  public void goOn() {
    if (!runs) {
      began = System.nanoTime();
      runs = true;
    }
  }

  /** Seconds that it ran. */
  public double seconds() {
    return 1e-9 * (nanos + (runs ? System.nanoTime() - began : 0));
  }
}
