package org.shardmean.experiment.statistics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;
import org.shardmean.data.Seeds;

/**
 * What a round costs (the alpha-beta model: Hockney, 1994; Thakur, Rabenseifner and Gropp,
 * "Optimization of Collective Communication Operations in MPICH", 2005):
 *
 * <pre>seconds = image * images per core + latency + message * K + byte * K * bytes per worker
 * </pre>
 *
 * <p>The driver exchanges the state with each of K workers, so its own link carries all of it:
 * hence K, not log K. Where every measured round moved equally many bytes a worker, {@code message}
 * and {@code byte} cannot be told apart, and {@code message} holds both.
 *
 * @param fit seconds an image, of latency, a message and a byte
 * @param drawn the same from values drawn anew by a residual bootstrap
 * @param noise relative, of a single round's time
 * @param largest number of workers measured
 */
public record RoundTimeModel(Costs fit, List<Costs> drawn, List<Double> noise, int largest) {
  private static final int DRAWS = 500;

  /** Seconds: for an image, for a round, for each worker's message, for a byte. */
  public record Costs(double image, double latency, double message, double perByte) {
    private static Costs of(double[] c) {
      return new Costs(c[0], c[1], c[2], c[3]);
    }

    double seconds(RoundPlanned round, double wirePerByte, boolean wireWasMeasured) {
      double wire = wirePerByte * round.workers() * round.bytesPerWorker();
      double messages = round.workers() * (message + perByte * round.bytesPerWorker());
      return image
              * round.imagesPerWorker()
              * RoundObservation.turns(round.workers(), round.cores())
          + latency
          + (wireWasMeasured ? Math.max(messages, wire) : messages + wire);
    }
  }

  /** A round to be predicted; see {@link RoundObservation}. */
  public record RoundPlanned(
      double imagesPerWorker, int workers, int cores, double bytesPerWorker) {}

  /**
   * A prediction.
   *
   * @param seconds expected
   * @param likely where nine of ten rounds lie
   */
  public record Prediction(double seconds, Interval likely) {
    public Prediction times(double factor) {
      return new Prediction(
          seconds * factor, new Interval(likely.low() * factor, likely.high() * factor));
    }
  }

  public RoundTimeModel {
    requireNonNull(fit, "fit");
    drawn = List.copyOf(drawn);
    noise = List.copyOf(noise);
  }

  /**
   * Fits the model.
   *
   * @param observations at least two
   * @param seed of the bootstrap
   */
  public static RoundTimeModel of(List<RoundObservation> observations, long seed) {
    if (observations.size() < 2) {
      throw new IllegalArgumentException(
          "a model of round times needs at least 2 measured points, found " + observations.size());
    }
    double[][] rows = observations.stream().map(RoundTimeModel::features).toArray(double[][]::new);
    double[] seconds = observations.stream().mapToDouble(RoundObservation::seconds).toArray();
    RelativeLeastSquares fit = RelativeLeastSquares.fit(rows, seconds);
    List<Double> noise = new ArrayList<>();
    for (double one : fit.noise()) {
      noise.add(one);
    }
    return new RoundTimeModel(
        Costs.of(fit.coefficients()),
        fit.bootstrap(rows, DRAWS, generator(seed)).stream().map(Costs::of).toList(),
        noise,
        observations.stream().mapToInt(RoundObservation::workers).max().orElseThrow());
  }

  /** A round on the cluster that was measured. */
  public Prediction predict(RoundPlanned round) {
    return predict(round, 0, true);
  }

  /**
   * A round on a cluster with another wire.
   *
   * @param wirePerByte seconds that a byte takes on the driver's link
   * @param wireWasMeasured whether the measured rounds crossed a network: then the slower of the
   *     measured messages and the wire counts; else the wire comes on top
   */
  public Prediction predict(RoundPlanned round, double wirePerByte, boolean wireWasMeasured) {
    SplittableRandom random = generator(round.workers());
    double[] possible =
        drawn.stream()
            .mapToDouble(
                costs ->
                    costs.seconds(round, wirePerByte, wireWasMeasured)
                        * Math.max(0.01, 1 + noise.get(random.nextInt(noise.size()))))
            .toArray();
    return new Prediction(
        fit.seconds(round, wirePerByte, wireWasMeasured),
        new Interval(StatUtils.percentile(possible, 5), StatUtils.percentile(possible, 95)));
  }

  /** How far off the prediction of a measured round is, as a share of what was measured. */
  public double error(RoundObservation measured) {
    RoundPlanned round =
        new RoundPlanned(
            measured.imagesPerWorker(),
            measured.workers(),
            measured.cores(),
            measured.bytesPerWorker());
    return Math.abs(fit.seconds(round, 0, true) / measured.seconds() - 1);
  }

  private static SplittableRandom generator(long seed) {
    return Seeds.generator(seed, Seeds.Purpose.EXPERIMENT, 2);
  }

  private static double[] features(RoundObservation o) {
    return new double[] {o.imagesPerCore(), 1, o.workers(), o.workers() * o.bytesPerWorker()};
  }
}
