package org.shardmean.experiment.statistics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What a round costs (the alpha-beta model: Hockney, 1994; Thakur, Rabenseifner and Gropp,
 * "Optimization of Collective Communication Operations in MPICH", 2005):
 *
 * <pre>seconds = image * images of the busiest core + latency + byte * bytes
 * </pre>
 *
 * <p>Bytes are all that the driver sends and receives. What a task costs the driver beyond its
 * bytes cannot be told from them where every task has equally many, and is in {@code byte}.
 *
 * @param fit of all runs
 * @param heldOut each setup as it is predicted from the others
 * @param largest number of workers measured
 */
public record RoundTimeModel(Costs fit, List<HeldOut> heldOut, int largest) {
  /** A setup is left out and predicted from the others, of which a line needs two. */
  public static final int LEAST_SETUPS = 3;

  /** No round takes less than this share of what is predicted. */
  private static final double LEAST = 0.01;

  /**
   * Seconds.
   *
   * @param image of a core, for an image
   * @param latency of a round
   * @param perByte for a byte
   */
  public record Costs(double image, double latency, double perByte) {
    private static Costs of(Collection<Run> runs) {
      double[] c =
          RelativeLeastSquares.fit(
                  runs.stream().map(run -> features(run.round())).toArray(double[][]::new),
                  runs.stream().mapToDouble(Run::seconds).toArray())
              .coefficients();
      return new Costs(c[0], c[1], c[2]);
    }

    private static double[] features(Round round) {
      return new double[] {round.imagesPerCore(), 1, round.bytes()};
    }

    double seconds(Round round, Wire wire) {
      double sync = perByte * round.bytes();
      double link = wire.secondsPerByte() * round.bytes();
      return image * round.imagesPerCore()
          + latency
          + (wire.wasMeasured() ? Math.max(sync, link) : sync + link);
    }
  }

  /** A measured round of a run. */
  public record Run(Round round, double seconds) {
    public Run {
      requireNonNull(round, "round");
      if (!(seconds > 0)) {
        throw new IllegalArgumentException("a round takes more than 0 seconds, found " + seconds);
      }
    }
  }

  /**
   * The driver's link.
   *
   * @param secondsPerByte that it takes at least; 0 for the link that was measured
   * @param wasMeasured whether the measured rounds crossed a network: then the slower of what was
   *     measured and this link counts; else the link comes on top
   */
  public record Wire(double secondsPerByte, boolean wasMeasured) {
    public static final Wire AS_MEASURED = new Wire(0, true);
  }

  /**
   * A setup that a model was not fitted to.
   *
   * @param others the model of the other setups
   * @param ratios what each run took over what that model predicts, the fastest run's first
   */
  public record HeldOut(Costs others, List<Double> ratios) {
    public HeldOut {
      ratios = List.copyOf(ratios);
    }
  }

  /**
   * A prediction.
   *
   * @param seconds expected
   * @param likely where nine of ten runs lie
   */
  public record Prediction(double seconds, Interval likely) {
    public Prediction times(double factor) {
      return new Prediction(
          seconds * factor, new Interval(likely.low() * factor, likely.high() * factor));
    }
  }

  public RoundTimeModel {
    requireNonNull(fit, "fit");
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Fits the model.
   *
   * @param setups the runs of each, at least {@value #LEAST_SETUPS} setups
   */
  public static RoundTimeModel of(Map<?, List<Run>> setups) {
    if (setups.size() < LEAST_SETUPS) {
      throw new IllegalArgumentException(
          "a model of round times needs at least %d measured setups, found %d"
              .formatted(LEAST_SETUPS, setups.size()));
    }
    Map<Object, Run> fastest = new LinkedHashMap<>();
    setups.forEach((setup, runs) -> fastest.put(setup, fastest(runs)));
    List<HeldOut> heldOut = new ArrayList<>();
    setups.forEach((setup, runs) -> heldOut.add(heldOut(setup, runs, fastest)));
    int largest =
        fastest.values().stream().mapToInt(run -> run.round().workers()).max().orElseThrow();
    return new RoundTimeModel(Costs.of(fastest.values()), heldOut, largest);
  }

  /** A setup as the others predict it. */
  private static HeldOut heldOut(Object setup, List<Run> runs, Map<Object, Run> fastest) {
    Map<Object, Run> rest = new LinkedHashMap<>(fastest);
    rest.remove(setup);
    Costs others = Costs.of(rest.values());
    return new HeldOut(
        others,
        runs.stream()
            .map(run -> run.seconds() / others.seconds(run.round(), Wire.AS_MEASURED))
            .sorted()
            .toList());
  }

  private static Run fastest(List<Run> runs) {
    return runs.stream().min(Comparator.comparingDouble(Run::seconds)).orElseThrow();
  }

  /**
   * Predicts a round. The range holds two kinds of error: how far models that lack a setup disagree
   * (the jackknife: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 11),
   * which grows beyond what was measured, and how far runs were from a model that lacked them.
   */
  public Prediction predict(Round round, Wire wire) {
    double seconds = fit.seconds(round, wire);
    double[] others =
        heldOut.stream().mapToDouble(one -> one.others().seconds(round, wire)).toArray();
    double mean = StatUtils.mean(others);
    double widened = Math.sqrt(others.length - 1.0);
    double[] possible =
        Arrays.stream(others)
            .map(one -> Math.max(LEAST * seconds, seconds + widened * (one - mean)))
            .flatMap(
                model ->
                    heldOut.stream()
                        .flatMap(one -> one.ratios().stream())
                        .mapToDouble(ratio -> model * ratio))
            .toArray();
    return new Prediction(
        seconds,
        new Interval(StatUtils.percentile(possible, 5), StatUtils.percentile(possible, 95)));
  }

  /** How far off the predictions of setups were that the model had not seen, as shares. */
  public Spread errors() {
    return Spread.of(
        heldOut.stream().mapToDouble(one -> Math.abs(1 / one.ratios().get(0) - 1)).toArray());
  }
}
