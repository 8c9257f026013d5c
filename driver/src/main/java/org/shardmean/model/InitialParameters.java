package org.shardmean.model;

import java.util.SplittableRandom;
import org.shardmean.data.Seeds;

/**
 * The parameters a run starts from: a function of the network and the seed alone, so that every
 * engine and every number of workers starts at the same point.
 *
 * <p>Weights are drawn uniformly with the variance that keeps the signal's: He's {@code 2 / inputs}
 * before ReLU (He et al., "Delving Deep into Rectifiers", 2015, section 2.2), Glorot's {@code 2 /
 * (inputs + outputs)} otherwise (Glorot and Bengio, 2010, equation 16). Biases start at zero.
 */
public final class InitialParameters {
  private InitialParameters() {}

  /** A new flat vector in the order of {@link ParameterLayout}. */
  public static float[] draw(ModelSpec spec, long seed) {
    ParameterLayout layout = new ParameterLayout(spec);
    float[] parameters = new float[layout.size()];
    for (int l = 0; l < layout.layers(); l++) {
      SplittableRandom generator = Seeds.generator(seed, Seeds.Purpose.INITIAL_PARAMETERS, l);
      double limit = Math.sqrt(3 * variance(spec, layout, l));
      for (int i = layout.weights(l); i < layout.biases(l); i++) {
        parameters[i] = (float) (limit * (2 * generator.nextDouble() - 1));
      }
    }
    return parameters;
  }

  private static double variance(ModelSpec spec, ParameterLayout layout, int layer) {
    boolean beforeRelu = spec.hidden() == Activation.RELU && layer < layout.layers() - 1;
    return beforeRelu
        ? 2.0 / layout.inputs(layer)
        : 2.0 / (layout.inputs(layer) + layout.outputs(layer));
  }
}
