package org.shardmean.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.shardmean.data.DataException;
import org.shardmean.data.RowScaling;
import org.shardmean.data.TableForm;
import org.shardmean.metrics.Likeliest;
import org.shardmean.model.Activation;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.SavedModel;

/**
 * A saved network that answers, in plain Java: it needs no Spark, no native library and no thread
 * of its own. Immutable; any number of threads may ask at once.
 *
 * <pre>{@code
 * Predictor digits = Predictor.read(Path.of("runs/demo/model.zip"));
 * int digit = digits.predict(pixels);
 * }</pre>
 *
 * An image is {@link #inputs()} bytes row by row, 0 (background) to 255 (ink), read as unsigned. An
 * example of features is as many floats as the first layer takes them; for a network of images, a
 * pixel divided by 255. A network for rows of a table takes features as the table has them, and
 * answers with targets in their own size.
 */
public final class Predictor {
  private static final float LARGEST_PIXEL = 255;

  private final SavedModel model;
  private final ParameterLayout layout;

  /** Of each layer a row of weights for each input, so that an input of zero costs nothing. */
  private final float[][][] weights;

  /** Room for a thread to note which inputs of a layer are not zero. */
  private final ThreadLocal<int[]> places;

  /** The parameters are copied. */
  public Predictor(SavedModel model) {
    this.model =
        new SavedModel(model.spec(), model.parameters().clone(), Optional.empty(), model.table());
    this.layout = new ParameterLayout(model.spec());
    this.weights = new float[layout.layers()][][];
    for (int l = 0; l < weights.length; l++) {
      weights[l] = turned(model.parameters(), l);
    }
    int widest = IntStream.range(0, weights.length).map(layout::inputs).max().orElseThrow();
    this.places = ThreadLocal.withInitial(() -> new int[widest]);
  }

  /**
   * Reads a run's {@code model.zip}.
   *
   * @throws DataException if it cannot be read, or as {@link SavedModel#read(InputStream, String)}
   */
  public static Predictor read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new Predictor(SavedModel.read(in, file.toString()));
    } catch (IOException e) {
      throw new DataException(
          "%s: expected a readable file, found %s; check the path"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** How many pixels or features an example has. */
  public int inputs() {
    return model.spec().inputs();
  }

  /** How many classes a classifier tells apart; 0 for another network. */
  public int classes() {
    return model.spec().classes();
  }

  /**
   * What the output layer gives for an image; a new array. A classifier's are the probabilities.
   *
   * @throws DataException if it has another number of pixels than the network has inputs
   */
  public float[] outputs(byte[] pixels) {
    requireInputs(pixels.length, "pixels");
    float[] features = new float[pixels.length];
    for (int p = 0; p < pixels.length; p++) {
      features[p] = (pixels[p] & 0xff) / LARGEST_PIXEL;
    }
    return answer(features);
  }

  /**
   * As {@link #outputs(byte[])}, of features.
   *
   * @throws DataException if they are not as many as the network has inputs, or one is not finite
   */
  public float[] outputs(float[] features) {
    requireFinite(features);
    return model.table().map(table -> ofRow(features, table)).orElseGet(() -> answer(features));
  }

  private float[] ofRow(float[] features, TableForm table) {
    float[] outputs = answer(scaled(features));
    for (int t = 0; t < table.targets().size(); t++) {
      outputs[t] = (float) table.target(t, outputs[t]);
    }
    return outputs;
  }

  /** As the first layer takes them. */
  private float[] scaled(float[] features) {
    if (model.table().isEmpty()) {
      return features;
    }
    RowScaling scaling = model.table().get().scaling();
    float[] scaled = new float[features.length];
    for (int f = 0; f < features.length; f++) {
      scaled[f] = scaling.scaled(f, features[f]);
    }
    return scaled;
  }

  private void requireFinite(float[] features) {
    requireInputs(features.length, "features");
    for (int f = 0; f < features.length; f++) {
      if (!Float.isFinite(features[f])) {
        throw new DataException(
            "feature %d: expected a finite number, found %s; replace missing values first"
                .formatted(f, features[f]));
      }
    }
  }

  /**
   * The weighted sums of the output layer for features, before its function; a new array.
   *
   * @throws DataException as {@link #outputs(float[])}
   */
  public float[] sums(float[] features) {
    requireFinite(features);
    return lastSums(scaled(features));
  }

  /**
   * As {@link #sums(float[])}, of features that are scaled.
   *
   * @param inputs finite numbers, which is not checked, as the first layer takes them
   * @throws DataException if they are not as many as the network has inputs
   */
  public float[] sumsOfInputs(float[] inputs) {
    requireInputs(inputs.length, "features");
    return lastSums(inputs);
  }

  /**
   * What a hidden layer gives for features; a new array.
   *
   * @param layer from 1, the first after the input
   * @throws IllegalArgumentException if there is no such hidden layer
   * @throws DataException as {@link #outputs(float[])}
   */
  public float[] hidden(float[] features, int layer) {
    if (layer < 1 || layer >= weights.length) {
      throw new IllegalArgumentException(
          "expected a hidden layer from 1 to %d, found %d".formatted(weights.length - 1, layer));
    }
    requireFinite(features);
    return throughHidden(scaled(features), layer);
  }

  /**
   * The class of an image with the highest probability, the first of equals, from 0.
   *
   * @throws DataException as {@link #outputs(byte[])}, or if the network is no classifier
   */
  public int predict(byte[] pixels) {
    return likeliest(probabilities(pixels));
  }

  /**
   * As {@link #predict(byte[])}, of features.
   *
   * @throws DataException as {@link #outputs(float[])}, or if the network is no classifier
   */
  public int predict(float[] features) {
    return likeliest(probabilities(features));
  }

  /**
   * The probability of each class; a new array.
   *
   * @throws DataException as {@link #predict(byte[])}
   */
  public float[] probabilities(byte[] pixels) {
    requireClassifier();
    return outputs(pixels);
  }

  /**
   * As {@link #probabilities(byte[])}, of features.
   *
   * @throws DataException as {@link #predict(float[])}
   */
  public float[] probabilities(float[] features) {
    requireClassifier();
    return outputs(features);
  }

  private float[] answer(float[] features) {
    float[] sums = lastSums(features);
    return switch (model.spec().output()) {
      case SOFTMAX -> softmax(sums);
      case SIGMOID, SIGMOID_SQUARED -> activated(sums, Activation.SIGMOID);
      case IDENTITY -> sums;
    };
  }

  private float[] lastSums(float[] features) {
    int last = weights.length - 1;
    return sums(throughHidden(features, last), last);
  }

  private float[] throughHidden(float[] features, int layers) {
    float[] flowing = features;
    for (int l = 0; l < layers; l++) {
      flowing = activated(sums(flowing, l), model.spec().hidden());
    }
    return flowing;
  }

  private float[] sums(float[] inputs, int layer) {
    int units = layout.outputs(layer);
    float[] sums = new float[units];
    System.arraycopy(model.parameters(), layout.biases(layer), sums, 0, units);
    int[] used = places.get();
    int count = 0;
    for (int from = 0; from < inputs.length; from++) {
      used[count] = from;
      count +=
          inputs[from] != 0 ? 1 : 0; // Without a branch, which the processor could not foresee.
    }
    float[][] rows = weights[layer];
    int next = 0;
    for (; next + 4 <= count; next += 4) {
      addFourInPlace(
          sums,
          inputs[used[next]],
          rows[used[next]],
          inputs[used[next + 1]],
          rows[used[next + 1]],
          inputs[used[next + 2]],
          rows[used[next + 2]],
          inputs[used[next + 3]],
          rows[used[next + 3]]);
    }
    for (; next < count; next++) {
      addInPlace(sums, inputs[used[next]], rows[used[next]]);
    }
    return sums;
  }

  /** A loop that the JVM computes with vector instructions. */
  private static void addInPlace(float[] sums, float input, float[] weights) {
    for (int to = 0; to < sums.length; to++) {
      sums[to] += input * weights[to];
    }
  }

  /**
   * The same for four inputs, which reads and writes the sums a quarter as often. For eight the JVM
   * would use no vector instructions.
   */
  private static void addFourInPlace(
      float[] sums,
      float first,
      float[] one,
      float second,
      float[] two,
      float third,
      float[] three,
      float fourth,
      float[] four) {
    for (int to = 0; to < sums.length; to++) {
      sums[to] += first * one[to] + second * two[to] + third * three[to] + fourth * four[to];
    }
  }

  private static float[] activated(float[] sums, Activation function) {
    return switch (function) {
      case RELU -> rectified(sums);
      case SIGMOID -> activated(sums, sum -> 1 / (1 + Math.exp(-sum)));
      case TANH -> activated(sums, Math::tanh);
    };
  }

  private static float[] rectified(float[] sums) {
    float[] rectified = new float[sums.length];
    for (int u = 0; u < sums.length; u++) {
      rectified[u] = Math.max(0, sums[u]);
    }
    return rectified;
  }

  private static float[] activated(float[] sums, DoubleUnaryOperator function) {
    float[] activated = new float[sums.length];
    for (int u = 0; u < sums.length; u++) {
      activated[u] = (float) function.applyAsDouble(sums[u]);
    }
    return activated;
  }

  private static float[] softmax(float[] sums) {
    float highest = Float.NEGATIVE_INFINITY;
    for (float sum : sums) {
      highest = Math.max(highest, sum);
    }
    double[] powers = new double[sums.length];
    double all = 0;
    for (int c = 0; c < sums.length; c++) {
      powers[c] = Math.exp((double) sums[c] - highest);
      all += powers[c];
    }
    float[] probabilities = new float[sums.length];
    for (int c = 0; c < sums.length; c++) {
      probabilities[c] = (float) (powers[c] / all);
    }
    return probabilities;
  }

  private float[][] turned(float[] parameters, int layer) {
    int inputs = layout.inputs(layer);
    int units = layout.outputs(layer);
    float[][] turned = new float[inputs][units];
    for (int from = 0; from < inputs; from++) {
      for (int to = 0; to < units; to++) {
        turned[from][to] = parameters[layout.weight(layer, from, to)];
      }
    }
    return turned;
  }

  private static int likeliest(float[] probabilities) {
    return Likeliest.of(probabilities, 0, probabilities.length);
  }

  private void requireClassifier() {
    if (!model.spec().isClassifier()) {
      throw new DataException(
          "expected a classifier, a network that ends in a softmax, found one that ends in %s; ask for its outputs"
              .formatted(model.spec().output().function()));
    }
  }

  private void requireInputs(int found, String what) {
    if (found != inputs()) {
      throw new DataException(
          "expected %,d %s, as many as the network has inputs, found %,d"
              .formatted(inputs(), what, found));
    }
  }
}
