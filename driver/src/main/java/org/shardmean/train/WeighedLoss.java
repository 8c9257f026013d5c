package org.shardmean.train;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss of DL4J's, in which each example's gradient counts by a weight of its own. DL4J's masks
 * would not do: they multiply the weighted sums too, so they are for weights of 0 and 1 alone.
 */
final class WeighedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private transient Optional<float[]> weights = Optional.empty();

  WeighedLoss(ILossFunction loss) {
    this.loss = requireNonNull(loss, "loss");
  }

  /** For the batches to come: one weight for each example; empty where each counts as one. */
  void weigh(Optional<float[]> byExample) {
    weights = byExample;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation function, INDArray mask) {
    INDArray gradient = loss.computeGradient(labels, preOutput, function, mask);
    return weights.isEmpty()
        ? gradient
        : gradient.muliColumnVector(
            Nd4j.createFromArray(weights.get()).reshape('c', weights.get().length, 1));
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation function, INDArray mask, boolean average) {
    return loss.computeScore(labels, preOutput, function, mask, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation function, INDArray mask) {
    return loss.computeScoreArray(labels, preOutput, function, mask);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation function, INDArray mask, boolean average) {
    return Pair.of(
        computeScore(labels, preOutput, function, mask, average),
        computeGradient(labels, preOutput, function, mask));
  }

  @Override
  public String name() {
    return loss.name();
  }
}
