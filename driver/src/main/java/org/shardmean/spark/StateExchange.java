package org.shardmean.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.train.TrainingState;

/**
 * How states get to the tasks of one round, and back. The driver opens one for each round and
 * closes it when it has read all that came back; a copy travels in every task.
 */
sealed interface StateExchange extends Serializable, AutoCloseable
    permits SentStates, SharedStates {

  /**
   * Broadcasts the states; where driver and tasks are one JVM, as on {@code local[*]}, passes them
   * by reference, for a broadcast and a task's result would be serialized there too.
   *
   * @param start what all workers start from
   * @param own each worker's own moments in the place of that state's, in order of worker; empty
   *     where all go on from the same
   */
  static StateExchange open(JavaSparkContext spark, TrainingState start, List<TrainingState> own) {
    return spark.isLocal()
        ? SharedStates.open(start, own)
        : SentStates.broadcast(spark, start, own);
  }

  /** How a round's exchange is opened. */
  @FunctionalInterface
  interface Opening {
    StateExchange open(JavaSparkContext spark, TrainingState start, List<TrainingState> own);
  }

  /** In a task: what {@code worker} starts from, not copied and not to be changed. */
  TrainingState startOf(int worker);

  /** In a task: where {@code worker} has got to, to be put into the task's result. */
  Returned giveBack(int worker, TrainingState state);

  /** On the driver: gives back the memory, here and on the executors. */
  @Override
  void close();

  /** A state in a task's result. */
  interface Returned extends Serializable {
    /** On the driver, before the exchange is closed: the state, not copied. */
    TrainingState state();
  }
}
