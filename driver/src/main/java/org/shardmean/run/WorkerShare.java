package org.shardmean.run;

import java.util.List;
import org.shardmean.metrics.ClassifiedExample;

/**
 * The training images of one worker.
 *
 * @param worker from 0
 * @param perClass how many it has of each class, in order of class
 * @param samples some of them; without probabilities
 */
public record WorkerShare(int worker, List<Long> perClass, List<ClassifiedExample> samples) {
  /** Workers whose images a run keeps to show. */
  public static final int MOST_WORKERS = 8;

  public WorkerShare {
    perClass = List.copyOf(perClass);
    samples = List.copyOf(samples);
  }

  /** How many images it has. */
  public long images() {
    return perClass.stream().mapToLong(Long::longValue).sum();
  }
}
