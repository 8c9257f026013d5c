package org.shardmean.train;

import java.util.Arrays;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

/**
 * Backpropagation and the optimizers as a textbook writes them down: one example, one unit, one
 * weight at a time, in double precision. Slow, and plainly right.
 */
final class TextbookNetwork {
  private final ModelSpec spec;
  private final ParameterLayout layout;
  private final LocalSettings settings;
  final double[] parameters;
  final double[] first;
  final double[] second;
  long steps;

  TextbookNetwork(ModelSpec spec, LocalSettings settings, TrainingState state) {
    this.spec = spec;
    this.settings = settings;
    layout = new ParameterLayout(spec);
    int n = layout.size();
    parameters = new double[n];
    first = new double[n];
    second = new double[n];
    for (int i = 0; i < n; i++) {
      parameters[i] = state.parameters()[i];
      first[i] = settings.optimizer().moments() > 0 ? state.moments()[i] : 0;
      second[i] = settings.optimizer().moments() > 1 ? state.moments()[n + i] : 0;
    }
    steps = state.steps();
  }

  /** Outputs of every layer for one example; {@code [0]} is the example itself. */
  double[][] outputs(double[] x) {
    double[][] a = new double[layout.layers() + 1][];
    a[0] = x;
    for (int l = 0; l < layout.layers(); l++) {
      double[] z = new double[layout.outputs(l)];
      for (int to = 0; to < z.length; to++) {
        z[to] = parameters[layout.biases(l) + to];
        for (int from = 0; from < a[l].length; from++) {
          z[to] += a[l][from] * parameters[layout.weight(l, from, to)];
        }
      }
      a[l + 1] = l == layout.layers() - 1 ? output(z) : hidden(z);
    }
    return a;
  }

  private double[] output(double[] z) {
    return switch (spec.output()) {
      case SOFTMAX -> softmax(z);
      case IDENTITY -> z;
      case SIGMOID, SIGMOID_SQUARED ->
          Arrays.stream(z).map(sum -> 1 / (1 + StrictMath.exp(-sum))).toArray();
    };
  }

  private double[] hidden(double[] z) {
    double[] a = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      a[i] =
          switch (spec.hidden()) {
            case RELU -> Math.max(0, z[i]);
            case SIGMOID -> 1 / (1 + StrictMath.exp(-z[i]));
            case TANH -> StrictMath.tanh(z[i]);
          };
    }
    return a;
  }

  private double derivative(double a) {
    return switch (spec.hidden()) {
      case RELU -> a > 0 ? 1 : 0;
      case SIGMOID -> a * (1 - a);
      case TANH -> 1 - a * a;
    };
  }

  private static double[] softmax(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : z) {
      max = Math.max(max, v);
    }
    double sum = 0;
    double[] p = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      p[i] = StrictMath.exp(z[i] - max);
      sum += p[i];
    }
    for (int i = 0; i < z.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** What is asked of output {@code c}: of a classifier by the label, smoothed. */
  private double target(Batch batch, int row, int c) {
    if (!spec.isClassifier()) {
      return batch.targets()[row * spec.outputs() + c];
    }
    double s = settings.labelSmoothing();
    return (batch.labels()[row] == c ? 1 - s : 0) + s / spec.classes();
  }

  /** The loss of output {@code a}, of which {@code y} is asked. */
  private double loss(double a, double y) {
    return switch (spec.output()) {
      case SOFTMAX -> -y * StrictMath.log(a);
      case IDENTITY, SIGMOID_SQUARED -> (a - y) * (a - y) / spec.outputs();
      case SIGMOID -> -y * StrictMath.log(a) - (1 - y) * StrictMath.log(1 - a);
    };
  }

  private static double weight(Batch batch, int row) {
    return batch.isWeighted() ? batch.weights()[row] : 1;
  }

  /** The slope of the loss by the weighted sum. */
  private double slope(double a, double y) {
    return switch (spec.output()) {
      case SOFTMAX, SIGMOID -> a - y;
      case IDENTITY -> 2 * (a - y) / spec.outputs();
      case SIGMOID_SQUARED -> 2 * (a - y) * a * (1 - a) / spec.outputs();
    };
  }

  /** The loss that training descends: the mean over the batch, against smoothed labels. */
  double objective(Batch batch) {
    double sum = 0;
    for (int row = 0; row < batch.count(); row++) {
      double[] p = outputs(example(batch, row))[layout.layers()];
      for (int c = 0; c < p.length; c++) {
        sum += weight(batch, row) * loss(p[c], target(batch, row, c));
      }
    }
    return sum / batch.count();
  }

  /**
   * The loss that is reported: summed over the examples. Of a classifier against the labels as they
   * are; of others the mean squared error, whatever is descended.
   */
  double reportedLoss(Batch batch) {
    double sum = 0;
    for (int row = 0; row < batch.count(); row++) {
      double[] a = outputs(example(batch, row))[layout.layers()];
      sum +=
          spec.isClassifier()
              ? -StrictMath.log(a[batch.labels()[row]])
              : squaredError(a, batch, row);
    }
    return sum;
  }

  private double squaredError(double[] a, Batch batch, int row) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      double difference = a[c] - target(batch, row, c);
      sum += difference * difference;
    }
    return sum / a.length;
  }

  /** The gradient of {@link #objective}. */
  double[] gradient(Batch batch) {
    double[] gradient = new double[parameters.length];
    for (int row = 0; row < batch.count(); row++) {
      double[][] a = outputs(example(batch, row));
      double[] delta = a[layout.layers()].clone();
      for (int c = 0; c < delta.length; c++) {
        delta[c] = weight(batch, row) * slope(delta[c], target(batch, row, c)) / batch.count();
      }
      for (int l = layout.layers() - 1; l >= 0; l--) {
        double[] below = new double[a[l].length];
        for (int to = 0; to < delta.length; to++) {
          gradient[layout.biases(l) + to] += delta[to];
          for (int from = 0; from < below.length; from++) {
            gradient[layout.weight(l, from, to)] += delta[to] * a[l][from];
            below[from] += delta[to] * parameters[layout.weight(l, from, to)];
          }
        }
        for (int from = 0; l > 0 && from < below.length; from++) {
          below[from] *= derivative(a[l][from]);
        }
        delta = below;
      }
    }
    return gradient;
  }

  /** One step of the optimizer. */
  void step(Batch batch, double rate) {
    double[] g = gradient(batch);
    steps++;
    double[] decay = new double[g.length];
    for (int l = 0; l < layout.layers(); l++) {
      for (int i = layout.weights(l); i < layout.biases(l); i++) {
        decay[i] = rate * settings.weightDecay() * parameters[i];
      }
    }
    for (int i = 0; i < g.length; i++) {
      parameters[i] -= update(i, g[i], rate) + decay[i];
    }
  }

  private double update(int i, double g, double rate) {
    return switch (settings.optimizer()) {
      case SGD -> rate * g;
      case MOMENTUM -> momentumUpdate(i, g, rate);
      case ADAM -> adamUpdate(i, g, rate, (double) steps);
    };
  }

  private double momentumUpdate(int i, double g, double rate) {
    double before = first[i];
    first[i] = 0.9 * before - rate * g;
    return 0.9 * before - 1.9 * first[i];
  }

  private double adamUpdate(int i, double g, double rate, double t) {
    first[i] = 0.9 * first[i] + 0.1 * g;
    second[i] = 0.999 * second[i] + 0.001 * g * g;
    double firstUnbiased = first[i] / (1 - StrictMath.pow(0.9, t));
    double secondUnbiased = second[i] / (1 - StrictMath.pow(0.999, t));
    double epsilon = 1e-8 / StrictMath.sqrt(1 - StrictMath.pow(0.999, t));
    return rate * firstUnbiased / (StrictMath.sqrt(secondUnbiased) + epsilon);
  }

  static double[] example(Batch batch, int row) {
    float[] widened = new float[batch.inputs()];
    batch.widenRow(row, widened);
    double[] x = new double[widened.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = widened[i];
    }
    return x;
  }
}
