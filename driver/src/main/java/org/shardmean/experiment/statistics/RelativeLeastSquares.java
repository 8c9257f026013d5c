package org.shardmean.experiment.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.QRDecomposition;

/**
 * Linear least squares with coefficients that are not negative, on relative errors: measured times
 * vary by a share of themselves, so each observation is divided by what the fit says of it, and the
 * fit repeated with that (iteratively reweighted, Carroll and Ruppert, "Transformation and
 * Weighting in Regression", 1988, section 2.2). Dividing by the observation itself would weigh
 * those that came out small more, and fit too low.
 *
 * <p>Of every subset of the features the unconstrained solution is tried; the feasible one with the
 * smallest error is the constrained solution (Lawson and Hanson, "Solving Least Squares Problems",
 * 1974, chapter 23). With the handful of features used here that is quick and cannot cycle.
 *
 * @param coefficients one for each feature, at least 0
 * @param residuals relative ones, observed over fitted less 1, in order of observation
 * @param used features with a coefficient above 0
 */
record RelativeLeastSquares(double[] coefficients, double[] residuals, int used) {
  private static final double SINGULAR = 1e-9;

  /** Weights settle within a few; what still moves then is far below the noise. */
  private static final int REWEIGHTINGS = 8;

  private static final double LEAST_SCALE = 1e-300;

  /** Of two fits the simpler is kept unless the other's error is smaller by more than this. */
  private static final double WORTH_A_FEATURE = 1e-9;

  /**
   * @param rows for each observation its features
   * @param values what was observed, above 0
   * @throws IllegalArgumentException when no subset of the features explains the values
   */
  static RelativeLeastSquares fit(double[][] rows, double[] values) {
    double[] coefficients = fit(rows, values, values);
    for (int i = 0; i < REWEIGHTINGS; i++) {
      coefficients = fit(rows, values, fitted(rows, coefficients));
    }
    return new RelativeLeastSquares(
        coefficients,
        residuals(rows, values, coefficients),
        (int) Arrays.stream(coefficients).filter(coefficient -> coefficient > 0).count());
  }

  /**
   * @param scale what each observation's error is divided by, above 0
   */
  private static double[] fit(double[][] rows, double[] values, double[] scale) {
    int features = rows[0].length;
    double[] best = new double[0];
    double least = Double.POSITIVE_INFINITY;
    for (int subset = 1; subset < 1 << features; subset++) {
      double[] candidate = solve(rows, values, scale, subset);
      if (candidate.length > 0) {
        double error = error(rows, values, scale, candidate);
        if (error < least * (1 - WORTH_A_FEATURE) - 1e-24) {
          least = error;
          best = candidate;
        }
      }
    }
    if (best.length == 0) {
      throw new IllegalArgumentException("no feature explains the observations");
    }
    return best;
  }

  private static double[] fitted(double[][] rows, double[] coefficients) {
    return Arrays.stream(rows)
        .mapToDouble(row -> Math.max(LEAST_SCALE, predict(coefficients, row)))
        .toArray();
  }

  /** What the fit says of an observation with these features. */
  static double predict(double[] coefficients, double[] row) {
    double sum = 0;
    for (int f = 0; f < row.length; f++) {
      sum += coefficients[f] * row[f];
    }
    return sum;
  }

  /**
   * Fits to resampled values: the fitted ones, each with a residual drawn from all of them, centred
   * and widened by {@code sqrt(n / (n - used))} (Davison and Hinkley, "Bootstrap Methods and their
   * Application", 1997, section 6.2).
   */
  List<double[]> bootstrap(double[][] rows, int draws, SplittableRandom random) {
    double[] noise = noise();
    List<double[]> drawn = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      double[] values = new double[rows.length];
      for (int i = 0; i < values.length; i++) {
        double relative = noise[random.nextInt(noise.length)];
        values[i] = predict(coefficients, rows[i]) * Math.max(0.01, 1 + relative);
      }
      drawn.add(fit(rows, values).coefficients);
    }
    return drawn;
  }

  /** The residuals as the bootstrap draws them. */
  private double[] noise() {
    int n = residuals.length;
    double mean = Arrays.stream(residuals).average().orElse(0);
    double widened = Math.sqrt(n / (double) Math.max(1, n - used));
    return Arrays.stream(residuals).map(r -> (r - mean) * widened).toArray();
  }

  /** Empty when the subset's features are not independent or a coefficient would be negative. */
  private static double[] solve(double[][] rows, double[] values, double[] scale, int subset) {
    int features = rows[0].length;
    int[] chosen = Arrays.stream(range(features)).filter(f -> (subset >> f & 1) == 1).toArray();
    if (chosen.length > rows.length) {
      return new double[0];
    }
    double[][] scaled = new double[rows.length][chosen.length];
    double[] lengths = new double[chosen.length];
    for (int c = 0; c < chosen.length; c++) {
      for (int i = 0; i < rows.length; i++) {
        scaled[i][c] = rows[i][chosen[c]] / scale[i];
        lengths[c] = Math.hypot(lengths[c], scaled[i][c]);
      }
      for (int i = 0; i < rows.length && lengths[c] > 0; i++) {
        scaled[i][c] /= lengths[c];
      }
    }
    DecompositionSolver solver =
        new QRDecomposition(new Array2DRowRealMatrix(scaled, false), SINGULAR).getSolver();
    if (!solver.isNonSingular()) {
      return new double[0];
    }
    double[] right = new double[rows.length];
    Arrays.setAll(right, i -> values[i] / scale[i]);
    double[] solved = solver.solve(new ArrayRealVector(right, false)).toArray();
    double[] coefficients = new double[features];
    for (int c = 0; c < chosen.length; c++) {
      coefficients[chosen[c]] = solved[c] / lengths[c];
      if (!(solved[c] >= 0)) {
        return new double[0];
      }
    }
    return coefficients;
  }

  private static int[] range(int count) {
    int[] range = new int[count];
    Arrays.setAll(range, i -> i);
    return range;
  }

  private static double error(
      double[][] rows, double[] values, double[] scale, double[] coefficients) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double relative = (predict(coefficients, rows[i]) - values[i]) / scale[i];
      sum += relative * relative;
    }
    return sum;
  }

  private static double[] residuals(double[][] rows, double[] values, double[] coefficients) {
    double[] residuals = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      residuals[i] = values[i] / predict(coefficients, rows[i]) - 1;
    }
    return residuals;
  }
}
