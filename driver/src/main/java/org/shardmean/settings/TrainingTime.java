package org.shardmean.settings;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.shardmean.run.Sentence;
import org.shardmean.wire.WireFormat;

/**
 * How long the epochs of a training take by constants, measured once and written down here, so that
 * the number of workers that follows from them is the same on every machine and at every hour. It
 * compares numbers of workers with a task slot each; {@code plan} measures the current cluster.
 *
 * <p>{@code seconds = epochs * (images / workers * 6 * parameters / speed(batch) + rounds *
 * round(workers))}, where {@code speed(batch) = 6e10 * batch / (batch + 16)} operations a second on
 * one core, and {@code round(workers) = 0.06 + workers * bytes / 1e9} seconds: a Spark job, and the
 * bytes of the parameters and two moments of every worker, out and back through the driver.
 * docs/learning-at-scale.md has the measurements.
 *
 * @param parameters of the network
 * @param images to train on
 * @param epochs of the run
 */
record TrainingTime(int parameters, int images, int epochs) {
  /** Of one core in large batches; a step takes six operations a parameter and image. */
  private static final double OPERATIONS_PER_SECOND = 6e10;

  private static final double OPERATIONS = 6;

  /** What a step costs beyond its images, as a number of images. */
  private static final double STEP_OVERHEAD = 16;

  private static final double ROUND_SECONDS = 0.06;

  private static final int MOMENTS = 2;
  private static final double BYTES_PER_SECOND = 1e9;

  TrainingTime {
    if (parameters < 1 || images < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "parameters, images and epochs must be at least 1, found %d, %d and %d"
              .formatted(parameters, images, epochs));
    }
  }

  /**
   * The number of workers, from 1 to {@code most}, that takes the least time; the smaller of two
   * that take the same.
   *
   * @param seconds of the training by the number of workers
   * @param origin where {@code most} comes from, for people
   */
  static Derived<Integer> fastestWorkers(int most, IntToDoubleFunction seconds, String origin) {
    double[] each = IntStream.rangeClosed(1, most).mapToDouble(seconds).toArray();
    int workers = 1;
    for (int more = 2; more <= most; more++) {
      workers = each[more - 1] < each[workers - 1] ? more : workers;
    }
    return new Derived<>(
        workers,
        workers == most
            ? origin
            : Sentence.of(
                "%s, but more workers would not be faster: by the preset's constants %s about %.1f s"
                    + " and %,d about %.1f s; --workers overrides",
                origin,
                Sentence.counted(workers, "worker"),
                each[workers - 1],
                most,
                each[most - 1]));
  }

  /** Seconds of training, without evaluation. */
  double seconds(int workers, int batch, int rounds, WireFormat wire) {
    double speed = OPERATIONS_PER_SECOND * batch / (batch + STEP_OVERHEAD);
    double steps = (double) images / workers * OPERATIONS * parameters / speed;
    double bytes =
        wire.bytesOfStart(parameters, MOMENTS * parameters)
            + wire.bytesOfBack(parameters, MOMENTS * parameters);
    double round = ROUND_SECONDS + workers * bytes / BYTES_PER_SECOND;
    return epochs * (steps + rounds * round);
  }
}
