package org.shardmean.train;

import org.shardmean.model.Activation;

/**
 * What a hidden layer applies to its weighted sums, and its derivative. The loops run over flat
 * arrays by one index and without branches: so the compiler turns them into vector instructions.
 */
sealed interface HiddenFunction {

  static HiddenFunction of(Activation activation) {
    return switch (activation) {
      case RELU -> new Relu();
      case SIGMOID -> new Sigmoid();
      case TANH -> new Tanh();
    };
  }

  /** {@code z = f(z)}, for the first {@code length} floats. */
  void applyInPlace(float[] z, int length);

  /**
   * {@code delta *= f'(z)}, for the first {@code length} floats.
   *
   * @param a the activations {@code f(z)}, from which all three functions know their derivative
   */
  void timesDerivativeInPlace(float[] delta, float[] a, int length);

  /** {@code f(z) = max(0, z)}. */
  record Relu() implements HiddenFunction {
    @Override
    public void applyInPlace(float[] z, int length) {
      for (int i = 0; i < length; i++) {
        z[i] = Math.max(0f, z[i]);
      }
    }

    @Override
    public void timesDerivativeInPlace(float[] delta, float[] a, int length) {
      for (int i = 0; i < length; i++) {
        // 1 where the unit is on, 0 where it is off.
        delta[i] *= Math.min(1f, a[i] * Float.MAX_VALUE);
      }
    }
  }

  /** {@code f(z) = 1 / (1 + e^-z)}. */
  record Sigmoid() implements HiddenFunction {
    @Override
    public void applyInPlace(float[] z, int length) {
      for (int i = 0; i < length; i++) {
        z[i] = (float) (1 / (1 + Exponential.exp(-z[i])));
      }
    }

    @Override
    public void timesDerivativeInPlace(float[] delta, float[] a, int length) {
      for (int i = 0; i < length; i++) {
        delta[i] *= a[i] * (1 - a[i]);
      }
    }
  }

  /** {@code f(z) = tanh(z) = 2 / (1 + e^-2z) - 1}. */
  record Tanh() implements HiddenFunction {
    @Override
    public void applyInPlace(float[] z, int length) {
      for (int i = 0; i < length; i++) {
        z[i] = (float) (2 / (1 + Exponential.exp(-2.0 * z[i])) - 1);
      }
    }

    @Override
    public void timesDerivativeInPlace(float[] delta, float[] a, int length) {
      for (int i = 0; i < length; i++) {
        delta[i] *= 1 - a[i] * a[i];
      }
    }
  }
}
