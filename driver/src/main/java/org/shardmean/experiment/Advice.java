package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.shardmean.run.Sentence;

/**
 * What to run on a cluster that was calibrated, before anything is trained.
 *
 * <p>An epoch takes {@code images / K * seconds an image + rounds * (latency + K * exchange)}. More
 * rounds cost time and keep accuracy up, so as many are advised as cost at most a tenth of the
 * steps. K times the batch size is kept at or below {@link #LARGEST_GLOBAL_BATCH} where it can be,
 * because more workers with the same batch take fewer, larger steps together.
 *
 * @param workers advised
 * @param roundsPerEpoch advised
 * @param batchSize advised
 * @param epochSeconds of training to expect
 * @param aloneSeconds of an epoch with one worker, at the same batch size
 * @param imagesToBreakEven fewer images an epoch than this, and one worker is faster; 0 when one
 *     worker is advised
 */
public record Advice(
    int workers,
    int roundsPerEpoch,
    int batchSize,
    double epochSeconds,
    double aloneSeconds,
    long imagesToBreakEven) {
  /** The share of the steps' time that rounds may cost. */
  private static final double ROUNDS_SHARE = 0.1;

  private static final int MOST_ROUNDS = 64;
  private static final int LARGEST_GLOBAL_BATCH = 512;
  private static final int USUAL_BATCH = 64;

  /** More workers than this much faster pay; by less, the fewer are advised. */
  private static final double WORTH_IT = 1.05;

  /**
   * Advises.
   *
   * @param images of an epoch
   */
  public static Advice of(Calibration calibration, int images) {
    List<Advice> all = new ArrayList<>();
    for (int workers = 1; workers < calibration.cores(); workers *= 2) {
      all.add(of(calibration, images, workers));
    }
    all.add(of(calibration, images, calibration.cores()));
    Advice best = all.get(0);
    for (Advice one : all) {
      best = best.epochSeconds() > one.epochSeconds() * WORTH_IT ? one : best;
    }
    return best;
  }

  /** The best of so many workers. */
  public static Advice of(Calibration calibration, int images, int workers) {
    Map.Entry<Integer, Double> batch = batch(calibration, workers);
    double image = batch.getValue();
    double round = calibration.roundSeconds(workers);
    double steps = (double) images / workers * image;
    int mostRounds = Math.max(1, Math.min(MOST_ROUNDS, images / workers / batch.getKey()));
    int rounds =
        workers == 1
            ? 1
            : (int) Math.max(1, Math.min(mostRounds, Math.floor(ROUNDS_SHARE * steps / round)));
    double alone = images * image + calibration.roundSeconds(1);
    double gainPerImage = image * (1 - 1.0 / workers);
    return new Advice(
        workers,
        rounds,
        batch.getKey(),
        steps + rounds * round,
        alone,
        workers == 1 ? 0 : Math.round((round - calibration.roundSeconds(1)) / gainPerImage));
  }

  /** Of the batch sizes that are not too large together, the one nearest to the usual. */
  private static Map.Entry<Integer, Double> batch(Calibration calibration, int workers) {
    List<Map.Entry<Integer, Double>> fitting =
        calibration.imageSecondsByBatch().entrySet().stream()
            .filter(entry -> (long) entry.getKey() * workers <= LARGEST_GLOBAL_BATCH)
            .toList();
    return fitting.isEmpty()
        ? calibration.imageSecondsByBatch().firstEntry()
        : fitting.stream()
            .min(Comparator.comparingInt(entry -> Math.abs(entry.getKey() - USUAL_BATCH)))
            .orElseThrow();
  }

  /** In a line. */
  public String sentence() {
    if (workers == 1) {
      return Sentence.of(
          "Advice: --workers 1 --batch-size %d: about %.2f s of training an epoch; more workers would not be faster here.",
          batchSize, epochSeconds);
    }
    return Sentence.of(
            "Advice: --workers %d --rounds-per-epoch %d --batch-size %d: about %.2f s of training an epoch, %.1fx one worker",
            workers, roundsPerEpoch, batchSize, epochSeconds, aloneSeconds / epochSeconds)
        + (isBreakEvenTelling()
            ? Sentence.of("; below %,d images an epoch one worker wins.", imagesToBreakEven)
            : ".");
  }

  /** With less than a batch a worker there are no whole steps, and the formula says little. */
  private boolean isBreakEvenTelling() {
    return imagesToBreakEven > (long) workers * batchSize;
  }
}
