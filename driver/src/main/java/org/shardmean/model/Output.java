package org.shardmean.model;

/**
 * What the output layer applies to its weighted sums, and the loss that is trained. Both go
 * together: with each of them the gradient by the weighted sums is short. The losses are those of
 * one example, as DL4J has them; a batch's loss is their mean.
 */
public enum Output {
  /** Softmax, and the negative log-likelihood of the label: {@code -ln p_label}, in nats. */
  SOFTMAX,

  /** The weighted sums as they are, and the mean squared error over the outputs: regression. */
  IDENTITY,

  /**
   * The sigmoid, and the binary cross-entropy, summed over the outputs: {@code -sum (y ln a + (1 -
   * y) ln(1 - a))}, in nats. For targets from 0 to 1, such as an autoencoder's pixels. What is
   * reported of it is the mean squared error.
   */
  SIGMOID,

  /** The sigmoid, and the mean squared error over the outputs. For targets from 0 to 1. */
  SIGMOID_SQUARED;

  /** The name of what is applied, {@code softmax}, {@code identity} or {@code sigmoid}. */
  public String function() {
    return switch (this) {
      case SOFTMAX -> "softmax";
      case IDENTITY -> "identity";
      case SIGMOID, SIGMOID_SQUARED -> "sigmoid";
    };
  }

  /**
   * The reported loss of an example for a network that knows nothing: equal probabilities, or one
   * half everywhere. Infinite for {@link #IDENTITY}, whose targets may be of any size.
   *
   * @param outputs units of the output layer
   */
  public double lossOfGuessing(int outputs) {
    return switch (this) {
      case SOFTMAX -> Math.log(outputs);
      case IDENTITY -> Double.POSITIVE_INFINITY;
      case SIGMOID, SIGMOID_SQUARED -> 0.25;
    };
  }
}
