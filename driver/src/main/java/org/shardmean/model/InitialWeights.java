package org.shardmean.model;

/** How far from zero a layer's first weights are drawn, uniformly; biases start at zero. */
public enum InitialWeights {
  /**
   * By the layer's activation: He's variance {@code 2 / inputs} before ReLU (He et al., "Delving
   * Deep into Rectifiers", 2015, section 2.2), which keeps the signal's; Glorot's otherwise.
   */
  BY_ACTIVATION,
  /**
   * Glorot's variance {@code 2 / (inputs + outputs)} in every layer (Glorot and Bengio, 2010,
   * equation 16), as Keras has it by default.
   */
  GLOROT
}
