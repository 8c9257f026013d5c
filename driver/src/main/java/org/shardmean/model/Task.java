package org.shardmean.model;

/** What a network learns. */
public enum Task {
  /** To name the class of an image: one output for each class, by softmax. */
  CLASSIFICATION,

  /**
   * To give back the image that it is shown, through a layer that is too narrow to hold all of it
   * (Hinton and Salakhutdinov, "Reducing the Dimensionality of Data with Neural Networks", 2006).
   * Labels are not used. It descends the cross-entropy of the pixels, which on MNIST leaves a lower
   * squared error after five epochs than descending the squared error itself.
   */
  AUTOENCODER,

  /** To answer with numbers, as many as a row has targets: the identity, and the squared error. */
  REGRESSION;

  /** The task of networks that end in {@code output}. */
  public static Task of(Output output) {
    return switch (output) {
      case SOFTMAX -> CLASSIFICATION;
      case IDENTITY -> REGRESSION;
      case SIGMOID, SIGMOID_SQUARED -> AUTOENCODER;
    };
  }

  /** What its networks end in. */
  public Output output() {
    return switch (this) {
      case CLASSIFICATION -> Output.SOFTMAX;
      case AUTOENCODER -> Output.SIGMOID;
      case REGRESSION -> Output.IDENTITY;
    };
  }
}
