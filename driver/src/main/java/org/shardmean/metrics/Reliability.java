package org.shardmean.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far a network's confidence can be trusted: examples are put into {@value #BINS} bins by the
 * probability of the predicted class, and each bin's mean probability stands beside its accuracy
 * (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, section
 * 2).
 *
 * @param bins {@value #BINS} bins of equal width, from probability 0 up
 */
public record Reliability(List<Bin> bins) implements Serializable {
  public static final int BINS = 10;

  /** No examples yet. */
  public static final Reliability EMPTY =
      new Reliability(Stream.generate(() -> new Bin(0, 0, 0)).limit(BINS).toList());

  /**
   * Examples of similar confidence.
   *
   * @param examples how many there are
   * @param confidenceSum the sum of their predicted classes' probabilities
   * @param correct how many of them were classified correctly
   */
  public record Bin(long examples, double confidenceSum, long correct) implements Serializable {
    /** The mean probability of the predicted class; NaN when the bin is empty. */
    public double confidence() {
      return confidenceSum / examples;
    }

    /** The share of correctly classified examples; NaN when the bin is empty. */
    public double accuracy() {
      return (double) correct / examples;
    }

    private Bin plus(Bin other) {
      return new Bin(
          examples + other.examples, confidenceSum + other.confidenceSum, correct + other.correct);
    }
  }

  /**
   * @throws IllegalArgumentException if there are not {@value #BINS} bins
   */
  public Reliability {
    bins = List.copyOf(bins);
    if (bins.size() != BINS) {
      throw new IllegalArgumentException("expected " + BINS + " bins, found " + bins.size());
    }
  }

  /** These examples and one more; one whose confidence is no number counts as confidence 0. */
  public Reliability with(float confidence, boolean isCorrect) {
    double finite = Float.isFinite(confidence) ? Math.max(0, Math.min(1, confidence)) : 0;
    int bin = (int) Math.min(BINS - 1, finite * BINS);
    List<Bin> more = new ArrayList<>(bins);
    more.set(bin, bins.get(bin).plus(new Bin(1, finite, isCorrect ? 1 : 0)));
    return new Reliability(more);
  }

  /** Both sets together. Sums depend on the order of merging: merge in a fixed one. */
  public Reliability plus(Reliability other) {
    List<Bin> sum = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      sum.add(bins.get(b).plus(other.bins.get(b)));
    }
    return new Reliability(sum);
  }

  /** Examples of all bins. */
  public long examples() {
    return bins.stream().mapToLong(Bin::examples).sum();
  }

  /** The mean probability of the predicted class; NaN when there are no examples. */
  public double confidence() {
    return bins.stream().mapToDouble(Bin::confidenceSum).sum() / examples();
  }

  /** The share of correctly classified examples; NaN when there are none. */
  public double accuracy() {
    return (double) bins.stream().mapToLong(Bin::correct).sum() / examples();
  }

  /**
   * The expected calibration error: the mean over all examples of the distance between their bin's
   * confidence and accuracy, 0 to 1; NaN when there are no examples.
   */
  public double expectedCalibrationError() {
    double sum = 0;
    for (Bin bin : bins) {
      sum += Math.abs(bin.confidenceSum - bin.correct);
    }
    return sum / examples();
  }
}
