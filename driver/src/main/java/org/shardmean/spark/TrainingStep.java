package org.shardmean.spark;

import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * A step of a training that is one job begins or is done; told to listeners among Spark's own
 * events, which name no more than the job.
 *
 * @param description as that of a job for this step alone
 * @param isDone whether all its answers are there
 * @param time when, in milliseconds, as Spark's own events tell it
 */
record TrainingStep(String description, boolean isDone, long time) implements SparkListenerEvent {
  static TrainingStep begins(String description) {
    return new TrainingStep(description, false, System.currentTimeMillis());
  }

  static TrainingStep ends(String description) {
    return new TrainingStep(description, true, System.currentTimeMillis());
  }

  /** It stays out of Spark's event log, whose readers do not know it. */
  @Override
  public boolean logEvent() {
    return false;
  }
}
