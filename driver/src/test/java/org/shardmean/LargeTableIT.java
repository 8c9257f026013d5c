package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.data.Dataset;
import org.shardmean.data.RowScaling;
import org.shardmean.data.RowSet;
import org.shardmean.run.EpochRecord;
import org.shardmean.spark.LocalSpark;

/** What the preset learns from many rows by few parameters, beside one plain network. */
class LargeTableIT {
  private static final int FEATURES = 10;
  private static final int CLASSES = 5;
  private static final int UNITS = 24;
  private static final int ROWS = 300_000;
  private static final int HELD_OUT = 20_000;
  private static final int EPOCHS = 8;
  private static final double MARGIN = 0.005;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** Regularization as for images cost two points here. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void isNoLessAccurateThanPlainAdam(int workers) {
    Training any =
        Training.of(table(workers)).layers(FEATURES, UNITS, CLASSES).epochs(EPOCHS).seed(workers);

    double plain = accuracy(any.set("preset", "none").workers(1));
    double preset = accuracy(any.workers(workers));

    assertTrue(preset >= plain - MARGIN, preset + " by the preset, " + plain + " by plain Adam");
  }

  private static double accuracy(Training training) {
    List<EpochRecord> epochs = training.run(spark).epochs();
    return epochs.get(epochs.size() - 1).validationAccuracy();
  }

  /** The class is the highest output of a random network of one layer of tanh units. */
  private static Dataset table(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] hidden = network(random, UNITS, FEATURES, 2);
    double[][] output = network(random, CLASSES, UNITS, 1);
    RowSet rows =
        RowSet.write(
            RowSet.Shape.labelled(FEATURES, CLASSES),
            ROWS + HELD_OUT,
            (i, into, at) -> {
              double[] features = random.doubles(FEATURES, -1.8, 1.8).toArray();
              for (int k = 0; k < FEATURES; k++) {
                into[at + k] = (float) features[k];
              }
              double[] units = outputs(hidden, features);
              for (int k = 0; k < UNITS; k++) {
                units[k] = Math.tanh(units[k]);
              }
              return highest(outputs(output, units));
            });
    RowSet training = rows.select(IntStream.range(0, ROWS).toArray());
    RowSet heldOut = rows.select(IntStream.range(ROWS, ROWS + HELD_OUT).toArray());
    RowScaling scaling = RowScaling.standard(training);
    return new Dataset(
        "table", "table", false, scaling.apply(training), scaling.apply(heldOut), List.of());
  }

  private static double[][] network(SplittableRandom random, int outputs, int inputs, double size) {
    double most = size * Math.sqrt(3.0 / inputs);
    return IntStream.range(0, outputs)
        .mapToObj(output -> random.doubles(inputs, -most, most).toArray())
        .toArray(double[][]::new);
  }

  private static double[] outputs(double[][] weights, double[] inputs) {
    double[] outputs = new double[weights.length];
    for (int output = 0; output < outputs.length; output++) {
      for (int input = 0; input < inputs.length; input++) {
        outputs[output] += weights[output][input] * inputs[input];
      }
    }
    return outputs;
  }

  private static int highest(double[] scores) {
    int highest = 0;
    for (int i = 1; i < scores.length; i++) {
      highest = scores[i] > scores[highest] ? i : highest;
    }
    return highest;
  }
}
