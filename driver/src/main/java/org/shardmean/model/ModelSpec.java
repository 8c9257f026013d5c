package org.shardmean.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A dense network: {@code layers = [784, 128, 64, 10]} takes 784 inputs through hidden layers of
 * 128 and 64 units to 10 outputs.
 *
 * @param layers units of the input, of every hidden layer, and of the output; 2 to 300 of them
 * @param hidden the activation of the hidden layers
 * @param output what the output layer applies, and the loss
 */
public record ModelSpec(List<Integer> layers, Activation hidden, Output output)
    implements Serializable {
  private static final int MOST_LAYERS = 300;
  private static final int MOST_PARAMETERS = Integer.MAX_VALUE / 8;

  public ModelSpec {
    layers = List.copyOf(layers);
    requireNonNull(hidden, "hidden");
    requireNonNull(output, "output");
    if (layers.size() < 2 || layers.stream().anyMatch(units -> units < 1)) {
      throw new IllegalArgumentException(
          "expected an input, any hidden layers and an output, each of at least 1 unit,"
              + " such as 784-128-64-10, found "
              + joined(layers));
    }
    if (layers.size() > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "expected at most %d layers, found %d".formatted(MOST_LAYERS, layers.size()));
    }
    double parameters = countParameters(layers);
    if (parameters > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "expected at most %d parameters, which fit one array, found %.0f in %s; make a layer smaller"
              .formatted(MOST_PARAMETERS, parameters, joined(layers)));
    }
  }

  /** A classifier: softmax, and the negative log-likelihood. */
  public ModelSpec(List<Integer> layers, Activation hidden) {
    this(layers, hidden, Output.SOFTMAX);
  }

  /** Reads {@code 784-128-64-10}, a classifier. */
  public static ModelSpec parse(String layers, Activation hidden) {
    try {
      return new ModelSpec(
          Arrays.stream(layers.trim().split("-")).map(Integer::valueOf).toList(), hidden);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected whole numbers joined by '-', such as 784-128-64-10, found " + layers, e);
    }
  }

  public int inputs() {
    return layers.get(0);
  }

  /** Units of the output layer. */
  public int outputs() {
    return layers.get(layers.size() - 1);
  }

  /** Whether it tells classes apart: one output for each, by softmax. */
  public boolean isClassifier() {
    return output == Output.SOFTMAX;
  }

  /** Classes that it tells apart: one for each output of a classifier, otherwise 0. */
  public int classes() {
    return isClassifier() ? outputs() : 0;
  }

  /** This network with other layers. */
  public ModelSpec withLayers(List<Integer> others) {
    return new ModelSpec(others, hidden, output);
  }

  /** This network with another activation of its hidden layers. */
  public ModelSpec withHidden(Activation other) {
    return new ModelSpec(layers, other, output);
  }

  /** This network with another output. */
  public ModelSpec withOutput(Output other) {
    return new ModelSpec(layers, hidden, other);
  }

  /** Layers with weights: one fewer than {@link #layers()} has numbers. */
  public int weightLayers() {
    return layers.size() - 1;
  }

  /** Weights and biases of all layers; 109,386 for 784-128-64-10. */
  public int parameters() {
    return (int) countParameters(layers);
  }

  /** The layers as they are written on the command line, {@code 784-128-64-10}. */
  public String written() {
    return joined(layers);
  }

  /** In floating point, which any layers fit; exact up to 2^53. */
  private static double countParameters(List<Integer> layers) {
    double count = 0;
    for (int l = 1; l < layers.size(); l++) {
      count += (layers.get(l - 1) + 1.0) * layers.get(l);
    }
    return count;
  }

  private static String joined(List<Integer> layers) {
    return layers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
