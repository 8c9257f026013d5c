package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;
import org.shardmean.settings.ValueReader;

/** The layers of a network with what they hold, as Keras' {@code summary()} lists them. */
record NetworkTable(List<Layer> layers) {
  /**
   * A layer with weights.
   *
   * @param number from 1
   * @param activation as on the command line, of the last, its {@link
   *     org.shardmean.model.Output#function}
   */
  record Layer(int number, String activation, int inputs, int outputs) {
    /** Weights and biases. */
    long parameters() {
      return (inputs + 1L) * outputs;
    }

    /** As float32. */
    long bytes() {
      return parameters() * Float.BYTES;
    }
  }

  /** Weights and biases of all layers. */
  long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }

  /** As float32. */
  long bytes() {
    return layers.stream().mapToLong(Layer::bytes).sum();
  }

  static NetworkTable of(ModelSpec model) {
    ParameterLayout layout = new ParameterLayout(model);
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < layout.layers(); l++) {
      boolean isLast = l == layout.layers() - 1;
      String activation = isLast ? model.output().function() : ValueReader.written(model.hidden());
      layers.add(new Layer(l + 1, activation, layout.inputs(l), layout.outputs(l)));
    }
    return new NetworkTable(List.copyOf(layers));
  }
}
