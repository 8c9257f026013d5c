package org.shardmean.tests;

import java.util.Arrays;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.SavedModel;

/** A network's answers as a textbook has them, in double precision. */
final class TextbookForward {
  private TextbookForward() {}

  /**
   * What the output layer gives: of a classifier the probabilities.
   *
   * @param inputs as the first layer takes them
   */
  static double[] outputs(SavedModel model, double[] inputs) {
    ParameterLayout layout = new ParameterLayout(model.spec());
    double[] flowing = inputs;
    for (int l = 0; l < layout.layers(); l++) {
      double[] sums = new double[layout.outputs(l)];
      for (int to = 0; to < sums.length; to++) {
        sums[to] = model.parameters()[layout.biases(l) + to];
        for (int from = 0; from < flowing.length; from++) {
          sums[to] += flowing[from] * model.parameters()[layout.weight(l, from, to)];
        }
      }
      flowing = l == layout.layers() - 1 ? output(model, sums) : hidden(model, sums);
    }
    return flowing;
  }

  private static double[] hidden(SavedModel model, double[] sums) {
    return Arrays.stream(sums)
        .map(
            sum ->
                switch (model.spec().hidden()) {
                  case RELU -> Math.max(0, sum);
                  case SIGMOID -> 1 / (1 + Math.exp(-sum));
                  case TANH -> Math.tanh(sum);
                })
        .toArray();
  }

  private static double[] output(SavedModel model, double[] sums) {
    return switch (model.spec().output()) {
      case SOFTMAX -> softmax(sums);
      case IDENTITY -> sums;
      case SIGMOID, SIGMOID_SQUARED ->
          Arrays.stream(sums).map(sum -> 1 / (1 + Math.exp(-sum))).toArray();
    };
  }

  private static double[] softmax(double[] sums) {
    double highest = Arrays.stream(sums).max().orElseThrow();
    double[] powers = Arrays.stream(sums).map(sum -> Math.exp(sum - highest)).toArray();
    double all = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / all).toArray();
  }
}
