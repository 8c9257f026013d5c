package org.shardmean.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How the numbers of a table are brought to one size, which networks learn from faster: number
 * {@code x} of column {@code i} becomes {@code (x - shifts[i]) * scales[i]}. It follows from rows
 * in their order, so the same rows in the same order give the same bits.
 *
 * @param shifts one for each feature, then one for each target; copied
 * @param scales likewise; 0 for a column of equal numbers, from which nothing can be learned
 */
public record RowScaling(double[] shifts, double[] scales) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SIGN = 1 << 31;

  /** The bits of positive infinity; as integers, those of NaN are greater, all others less. */
  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  public RowScaling {
    shifts = shifts.clone();
    scales = scales.clone();
    if (shifts.length != scales.length) {
      throw new IllegalArgumentException(
          "expected as many shifts as scales, found %d and %d"
              .formatted(shifts.length, scales.length));
    }
    for (int i = 0; i < shifts.length; i++) {
      if (!Double.isFinite(shifts[i]) || !Double.isFinite(scales[i]) || scales[i] < 0) {
        throw new IllegalArgumentException(
            "number %d: expected a finite shift and a finite scale of at least 0, found %s and %s"
                .formatted(i, shifts[i], scales[i]));
      }
    }
  }

  /** Leaves all numbers as they are. */
  public static RowScaling none(RowSet.Shape shape) {
    double[] ones = new double[shape.inputs() + shape.targets()];
    Arrays.fill(ones, 1);
    return new RowScaling(new double[ones.length], ones);
  }

  /**
   * Mean 0 and standard deviation 1. Zeros stay zeros in a feature that is 0 in more than half of
   * the rows, and in a table of which more than two thirds are zeros in one that is 0 in more than
   * a tenth of the rows: so sparse rows stay sparse. Such a feature is divided by the root mean
   * square of its other numbers.
   */
  public static RowScaling standard(RowSet rows) {
    Columns columns = Columns.of(rows);
    int count = columns.means.length;
    int inputs = rows.shape().inputs();
    double[] shifts = new double[count];
    double[] scales = new double[count];
    double fewestZeros = (isSparse(columns, inputs, rows.count()) ? 0.1 : 0.5) * rows.count();
    for (int i = 0; i < count; i++) {
      boolean keepsZeros = i < inputs && rows.count() - columns.others[i] > fewestZeros;
      double size =
          keepsZeros
              ? Math.sqrt(columns.squares[i] / Math.max(1, columns.others[i]))
              : Math.sqrt(columns.deviations[i] / rows.count());
      shifts[i] = keepsZeros ? 0 : columns.means[i];
      scales[i] = inverse(size);
    }
    return new RowScaling(shifts, scales);
  }

  private static boolean isSparse(Columns columns, int inputs, int rows) {
    long others = Arrays.stream(columns.others, 0, inputs).asLongStream().sum();
    return 3 * others < (long) rows * inputs;
  }

  /** From the least number of each feature, which becomes 0, to the greatest, which becomes 1. */
  public static RowScaling toUnitInterval(RowSet rows) {
    Columns columns = Columns.of(rows);
    double[] scales = new double[columns.least.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = inverse((double) columns.greatest[i] - columns.least[i]);
    }
    double[] shifts = new double[scales.length];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = columns.least[i];
    }
    return new RowScaling(shifts, scales);
  }

  /** Of sizes that no scale could undo, as of size 0, there is nothing left. */
  private static double inverse(double size) {
    double inverse = 1 / size;
    return Double.isFinite(inverse) ? inverse : 0;
  }

  /** The same for targets, and features as they are. */
  public RowScaling withFeaturesAsTheyAre(int inputs) {
    double[] otherShifts = shifts.clone();
    double[] otherScales = scales.clone();
    Arrays.fill(otherShifts, 0, inputs, 0);
    Arrays.fill(otherScales, 0, inputs, 1);
    return new RowScaling(otherShifts, otherScales);
  }

  @Override
  public double[] shifts() {
    return shifts.clone();
  }

  @Override
  public double[] scales() {
    return scales.clone();
  }

  /** Numbers of a row that it scales: features and targets. */
  public int size() {
    return shifts.length;
  }

  /** Number {@code i} of a row, scaled, in float32; the largest there is where it has no room. */
  public float scaled(int i, float number) {
    float scaled = (float) ((number - shifts[i]) * scales[i]);
    return Float.isFinite(scaled) ? scaled + 0f : Math.copySign(Float.MAX_VALUE, scaled);
  }

  /**
   * As {@link #scaled(int, float)}, the first numbers of a row, in float32: a loop without a
   * branch.
   *
   * @param into as long as {@code numbers}
   * @return false if one of the results was not finite; then {@code into} is of no use
   */
  public boolean scaleInto(double[] numbers, float[] into) {
    int largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      float scaled = (float) (((float) numbers[i] - shifts[i]) * scales[i]) + 0f;
      into[i] = scaled;
      largest = Math.max(largest, Float.floatToRawIntBits(scaled) & ~SIGN); // NaN may have one.
    }
    return largest < INFINITY;
  }

  /** What was number {@code i} before it became {@code scaled}; the mean of equal numbers. */
  public double unscaled(int i, double scaled) {
    return scales[i] == 0 ? shifts[i] : scaled / scales[i] + shifts[i];
  }

  /**
   * All rows, scaled; their weights and labels stay.
   *
   * @throws IllegalArgumentException if they have another number of features and targets
   */
  public RowSet apply(RowSet rows) {
    RowSet.Shape shape = rows.shape();
    if (shape.inputs() + shape.targets() != size()) {
      throw new IllegalArgumentException(
          "expected rows of %d features and targets, found %d"
              .formatted(size(), shape.inputs() + shape.targets()));
    }
    RowNumbers numbers = rows.numbers();
    RowNumbers.Builder scaled = new RowNumbers.Builder(numbers.width(), numbers.count());
    ScaledRow row = new ScaledRow(this, numbers.width());
    for (int r = 0; r < numbers.count(); r++) {
      row.add(numbers, r, scaled);
    }
    return rows.withNumbers(scaled.build());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowScaling that
        && Arrays.equals(shifts, that.shifts)
        && Arrays.equals(scales, that.scales);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shifts) * 31 + Arrays.hashCode(scales);
  }

  @Override
  public String toString() {
    return "scaling of " + size() + " numbers";
  }

  /** What is known of each column, in two passes over the rows, in their order. */
  private static final class Columns {
    final double[] means;
    final double[] squares;
    final int[] others;
    final double[] deviations;
    final float[] least;
    final float[] greatest;

    private Columns(int count) {
      means = new double[count];
      squares = new double[count];
      others = new int[count];
      deviations = new double[count];
      least = new float[count];
      greatest = new float[count];
      Arrays.fill(least, Float.POSITIVE_INFINITY);
      Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
    }

    static Columns of(RowSet rows) {
      int count = rows.shape().inputs() + rows.shape().targets();
      Columns columns = new Columns(count);
      RowNumbers numbers = rows.numbers();
      int[] places = new int[numbers.width() + 1];
      float[] values = new float[numbers.width() + 1];
      for (int r = 0; r < numbers.count(); r++) {
        columns.addInPlace(places, values, numbers.appendNonZeros(r, places, values, 0));
      }
      for (int i = 0; i < count; i++) {
        columns.settleInPlace(i, numbers.count());
      }
      for (int r = 0; r < numbers.count(); r++) {
        columns.addDeviationsInPlace(places, values, numbers.appendNonZeros(r, places, values, 0));
      }
      return columns;
    }

    /** Zeros add nothing; the weight, which comes last, is no column of these. */
    private void addInPlace(int[] places, float[] values, int length) {
      for (int k = 0; k < length && places[k] < means.length; k++) {
        int i = places[k];
        double number = values[k];
        means[i] += number;
        squares[i] += number * number;
        others[i]++;
        least[i] = Math.min(least[i], values[k]);
        greatest[i] = Math.max(greatest[i], values[k]);
      }
    }

    /** From sums to means, and what the zeros of a column add: their number is known. */
    private void settleInPlace(int i, int rows) {
      means[i] /= rows;
      int zeros = rows - others[i];
      if (zeros > 0) {
        least[i] = Math.min(least[i], 0);
        greatest[i] = Math.max(greatest[i], 0);
      }
      deviations[i] = areEqual(i) ? 0 : zeros * means[i] * means[i];
    }

    private void addDeviationsInPlace(int[] places, float[] values, int length) {
      for (int k = 0; k < length && places[k] < means.length; k++) {
        int i = places[k];
        double deviation = areEqual(i) ? 0 : values[k] - means[i];
        deviations[i] += deviation * deviation;
      }
    }

    /** Then there is exactly no deviation, whatever the rounding of their mean. */
    private boolean areEqual(int i) {
      return least[i] == greatest[i];
    }
  }
}
