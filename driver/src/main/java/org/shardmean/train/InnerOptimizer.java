package org.shardmean.train;

/**
 * The inner optimizers' formulas over flat vectors, as {@link Optimizer} names them. Every loop
 * runs over its arrays by one index: so the compiler turns it into vector instructions. {@link
 * Coarse} keeps these at their usual speed.
 */
abstract sealed class InnerOptimizer {
  private final float[][] moments;

  private InnerOptimizer(Optimizer kind, int parameters) {
    moments = new float[kind.moments()][parameters];
  }

  static InnerOptimizer of(Optimizer kind, int parameters) {
    return switch (kind) {
      case SGD -> new Sgd(parameters);
      case MOMENTUM -> new Momentum(parameters);
      case ADAM -> new Adam(parameters);
    };
  }

  /**
   * Moves the parameters {@code w} by one step along their gradient {@code g}.
   *
   * @param step which step of the run this is, from 1
   */
  abstract void updateInPlace(float[] w, float[] g, double rate, long step);

  /** Takes over moments as {@link TrainingState} keeps them, one vector after another. */
  final void load(float[] flat, InputMajor order) {
    for (int k = 0; k < moments.length; k++) {
      order.fromLayout(flat, k * moments[k].length, moments[k]);
    }
  }

  /** The moments as {@link TrainingState} keeps them, one vector after another, a copy. */
  final float[] moments(InputMajor order) {
    int length = moments.length == 0 ? 0 : moments[0].length;
    float[] flat = new float[moments.length * length];
    for (int k = 0; k < moments.length; k++) {
      order.toLayout(moments[k], flat, k * length);
    }
    return flat;
  }

  final float[] moment(int k) {
    return moments[k];
  }

  /** {@code w -= rate g}. */
  private static final class Sgd extends InnerOptimizer {
    Sgd(int parameters) {
      super(Optimizer.SGD, parameters);
    }

    @Override
    void updateInPlace(float[] w, float[] g, double rate, long step) {
      float alpha = (float) rate;
      for (int i = 0; i < w.length; i++) {
        w[i] -= alpha * g[i];
      }
    }
  }

  /** {@code v' = mu v - rate g; w += (1 + mu) v' - mu v}. */
  private static final class Momentum extends InnerOptimizer {
    Momentum(int parameters) {
      super(Optimizer.MOMENTUM, parameters);
    }

    @Override
    void updateInPlace(float[] w, float[] g, double rate, long step) {
      float[] v = moment(0);
      float mu = (float) LocalSettings.MOMENTUM;
      float alpha = (float) rate;
      for (int i = 0; i < w.length; i++) {
        float before = v[i];
        float after = mu * before - alpha * g[i] + Coarse.SINGLE - Coarse.SINGLE;
        v[i] = after;
        w[i] += (1 + mu) * after - mu * before;
      }
    }
  }

  /**
   * {@code m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= alpha m / (sqrt(v) + epsilon)} with
   * {@code alpha = rate sqrt(1 - b2^t) / (1 - b1^t)}.
   */
  private static final class Adam extends InnerOptimizer {
    Adam(int parameters) {
      super(Optimizer.ADAM, parameters);
    }

    @Override
    void updateInPlace(float[] w, float[] g, double rate, long step) {
      float[] m = moment(0);
      float[] v = moment(1);
      float b1 = (float) LocalSettings.BETA1;
      float b2 = (float) LocalSettings.BETA2;
      float epsilon = (float) LocalSettings.EPSILON;
      float alpha = (float) (rate * biasCorrection(b1, b2, step));
      for (int i = 0; i < w.length; i++) {
        float slope = g[i] + Coarse.SQUARED - Coarse.SQUARED;
        float first = b1 * m[i] + (1 - b1) * slope + Coarse.SINGLE - Coarse.SINGLE;
        float second = b2 * v[i] + (1 - b2) * slope * slope + Coarse.SINGLE - Coarse.SINGLE;
        m[i] = first;
        v[i] = second;
        w[i] -= alpha * first / ((float) Math.sqrt(second) + epsilon);
      }
    }

    /** Of the decays as the loop has them, rounded to float. */
    private static double biasCorrection(float b1, float b2, long t) {
      return Math.sqrt(1 - power(b2, t)) / (1 - power(b1, t));
    }

    /** {@code b^t} by squaring: the same bits on every JVM, and nothing allocated. */
    private static double power(double b, long t) {
      double power = 1;
      double square = b;
      for (long bits = t; bits > 0; bits >>= 1) {
        if ((bits & 1) == 1) {
          power *= square;
        }
        square *= square;
      }
      return power;
    }
  }
}
