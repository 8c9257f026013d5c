package org.shardmean.model;

import java.util.SplittableRandom;
import org.shardmean.data.Seeds;

/**
 * The parameters a run starts from: a function of the network and the seed alone, so that every
 * engine and every number of workers starts at the same point.
 *
 * <p>Weights are drawn uniformly, with the variance that {@link InitialWeights} names. Biases start
 * at zero.
 */
public final class InitialParameters {
  private InitialParameters() {}

  /** As {@link #draw(ModelSpec, InitialWeights, long)}, by the activations. */
  public static float[] draw(ModelSpec spec, long seed) {
    return draw(spec, InitialWeights.BY_ACTIVATION, seed);
  }

  /** A new flat vector in the order of {@link ParameterLayout}. */
  public static float[] draw(ModelSpec spec, InitialWeights weights, long seed) {
    ParameterLayout layout = new ParameterLayout(spec);
    float[] parameters = new float[layout.size()];
    for (int l = 0; l < layout.layers(); l++) {
      SplittableRandom generator = Seeds.generator(seed, Seeds.Purpose.INITIAL_PARAMETERS, l);
      double limit = Math.sqrt(3 * variance(spec, layout, weights, l));
      for (int i = layout.weights(l); i < layout.biases(l); i++) {
        parameters[i] = (float) (limit * (2 * generator.nextDouble() - 1));
      }
    }
    return parameters;
  }

  private static double variance(
      ModelSpec spec, ParameterLayout layout, InitialWeights weights, int layer) {
    boolean beforeRelu = spec.hidden() == Activation.RELU && layer < layout.layers() - 1;
    return beforeRelu && weights == InitialWeights.BY_ACTIVATION
        ? 2.0 / layout.inputs(layer)
        : 2.0 / (layout.inputs(layer) + layout.outputs(layer));
  }
}
