package org.shardmean.tests.benchmark;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.Seeds;
import org.shardmean.data.Seeds.Purpose;

/**
 * Rows of a generated table. Features are drawn from the standard normal distribution; a fixed
 * random network of one layer of tanh units gives each row a class and a number, both with noise.
 * Row {@code i} depends on the seed and {@code i} alone.
 */
final class TeacherRows implements Serializable {
  static final int FEATURES = 50;
  static final int CLASSES = 5;
  static final String CLASS = "class";
  static final String NUMBER = "number";
  static final StructType COLUMNS =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add(CLASS, DataTypes.DoubleType)
          .add(NUMBER, DataTypes.DoubleType);

  private static final long serialVersionUID = 1L;
  private static final int UNITS = 32;
  private static final long NETWORK = -1;

  /** Of the hidden units' sums and of the scores, so that the network is far from linear. */
  private static final double SIZE = 2;

  private static final double NOISE_OF_NUMBERS = 0.3;

  private final long seed;
  private final double[][] hidden = new double[UNITS][];
  private final double[][] output = new double[CLASSES + 1][];

  TeacherRows(long seed) {
    this.seed = seed;
    SplittableRandom generator = Seeds.generator(seed, Purpose.EXPERIMENT, NETWORK);
    for (int unit = 0; unit < UNITS; unit++) {
      hidden[unit] = weights(generator, FEATURES);
    }
    for (int score = 0; score <= CLASSES; score++) {
      output[score] = weights(generator, UNITS);
    }
  }

  private static double[] weights(SplittableRandom generator, int inputs) {
    return generator
        .doubles(inputs)
        .map(share -> SIZE * Math.sqrt(12.0 / inputs) * (share - 0.5))
        .toArray();
  }

  /** The row as Spark takes it, in the order of {@link #COLUMNS}. */
  Row row(long index) {
    double[] all = values(index);
    double[] features = new double[FEATURES];
    System.arraycopy(all, 0, features, 0, FEATURES);
    return RowFactory.create(Vectors.dense(features), all[FEATURES], all[FEATURES + 1]);
  }

  /** The features, the class and the number; a new array of values that a float can hold. */
  double[] values(long index) {
    SplittableRandom generator = Seeds.generator(seed, Purpose.EXPERIMENT, index);
    double[] values = new double[FEATURES + 2];
    for (int feature = 0; feature < FEATURES; feature++) {
      values[feature] = (float) generator.nextGaussian();
    }
    double[] units = new double[UNITS];
    for (int unit = 0; unit < UNITS; unit++) {
      units[unit] = Math.tanh(product(hidden[unit], values));
    }
    values[FEATURES] = drawnClass(units, generator);
    values[FEATURES + 1] =
        (float) (product(output[CLASSES], units) + NOISE_OF_NUMBERS * generator.nextGaussian());
    return values;
  }

  /** Drawn by softmax of the scores: the highest after noise of Gumbel's distribution. */
  private int drawnClass(double[] units, SplittableRandom generator) {
    int highest = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int candidate = 0; candidate < CLASSES; candidate++) {
      double noise = -Math.log(-Math.log(1 - generator.nextDouble()));
      double score = SIZE * SIZE * product(output[candidate], units) + noise;
      if (score > best) {
        best = score;
        highest = candidate;
      }
    }
    return highest;
  }

  /** Over as many values as there are weights. */
  private static double product(double[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }
}
