package org.shardmean.model;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A {@link ModelSpec} as DL4J's MultiLayerNetwork. */
public final class Dl4jNetworks {
  static {
    // Before ND4J loads it without choosing its kernels.
    OpenBlas.load();
  }

  private Dl4jNetworks() {}

  /**
   * A network with given parameters.
   *
   * @param parameters the flat vector, copied
   * @param updater DL4J's optimizer
   * @param weightDecay decoupled, times the rate, on weights only; 0 for none
   */
  public static MultiLayerNetwork network(
      ModelSpec spec, float[] parameters, IUpdater updater, double weightDecay) {
    return network(spec, parameters, updater, weightDecay, loss(spec));
  }

  /**
   * As {@link #network(ModelSpec, float[], IUpdater, double)}, with a loss in the place of its own.
   */
  public static MultiLayerNetwork network(
      ModelSpec spec,
      float[] parameters,
      IUpdater updater,
      double weightDecay,
      ILossFunction loss) {
    if (parameters.length != spec.parameters()) {
      throw new IllegalArgumentException(
          "network %s has %d parameters, found %d"
              .formatted(spec.written(), spec.parameters(), parameters.length));
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(configuration(spec, updater, weightDecay, loss));
    network.init(row(parameters), false);
    return network;
  }

  /** A copy of a flat vector as a row of ND4J's, 1 × length. */
  public static INDArray row(float[] values) {
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }

  private static MultiLayerConfiguration configuration(
      ModelSpec spec, IUpdater updater, double weightDecay, ILossFunction loss) {
    // Set on each layer: set for all of them at once, DL4J would take it off twice.
    List<Regularization> decay =
        weightDecay > 0 ? List.of(new WeightDecay(weightDecay, true)) : List.of();
    // Nothing is drawn by it, but unset it would be the clock, and be saved with the network.
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(0)
            .dataType(DataType.FLOAT)
            .updater(updater)
            .list();
    int last = spec.weightLayers() - 1;
    for (int l = 0; l < last; l++) {
      list.layer(
          new DenseLayer.Builder()
              .nIn(spec.layers().get(l))
              .nOut(spec.layers().get(l + 1))
              .activation(inDl4j(spec.hidden()))
              .regularization(decay)
              .build());
    }
    return list.layer(
            new OutputLayer.Builder(loss)
                .nIn(spec.layers().get(last))
                .nOut(spec.outputs())
                .activation(inDl4j(spec.output()))
                .regularization(decay)
                .build())
        .build();
  }

  /** The loss of a network's output. */
  public static ILossFunction loss(ModelSpec spec) {
    LossFunction loss =
        switch (spec.output()) {
          case SOFTMAX -> LossFunction.NEGATIVELOGLIKELIHOOD;
          case IDENTITY, SIGMOID_SQUARED -> LossFunction.MSE;
          case SIGMOID -> LossFunction.XENT;
        };
    return loss.getILossFunction();
  }

  private static org.nd4j.linalg.activations.Activation inDl4j(Output output) {
    return switch (output) {
      case SOFTMAX -> org.nd4j.linalg.activations.Activation.SOFTMAX;
      case IDENTITY -> org.nd4j.linalg.activations.Activation.IDENTITY;
      case SIGMOID, SIGMOID_SQUARED -> org.nd4j.linalg.activations.Activation.SIGMOID;
    };
  }

  private static org.nd4j.linalg.activations.Activation inDl4j(Activation activation) {
    return switch (activation) {
      case RELU -> org.nd4j.linalg.activations.Activation.RELU;
      case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
      case TANH -> org.nd4j.linalg.activations.Activation.TANH;
    };
  }
}
