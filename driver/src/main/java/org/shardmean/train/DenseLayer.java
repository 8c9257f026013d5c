package org.shardmean.train;

import org.shardmean.model.ParameterLayout;

/**
 * One dense layer of {@link FusedEngine}: views of its weights and of their gradient, and what it
 * computes for a batch.
 *
 * <p>Weights {@code W} and their gradient {@code dW} have a row for each unit and a column for each
 * input, which is {@link ParameterLayout}'s order. A batch's matrices have a row for each example.
 */
final class DenseLayer implements AutoCloseable {
  private final NativeMatrix weights;
  private final NativeMatrix biases;
  private final NativeMatrix weightGradient;
  private final NativeMatrix biasGradient;
  private final BatchMatrix activations;
  private final BatchMatrix delta;

  /**
   * Layer {@code l}.
   *
   * @param parameters all layers' parameters, which are viewed
   * @param gradient their gradient, likewise
   * @param capacity the most examples in a batch
   */
  DenseLayer(
      ParameterLayout layout, int l, NativeFloats parameters, NativeFloats gradient, int capacity) {
    int inputs = layout.inputs(l);
    int units = layout.outputs(l);
    weights = new NativeMatrix(parameters, layout.weights(l), units, inputs);
    biases = new NativeMatrix(parameters, layout.biases(l), 1, units);
    weightGradient = new NativeMatrix(gradient, layout.weights(l), units, inputs);
    biasGradient = new NativeMatrix(gradient, layout.biases(l), 1, units);
    activations = new BatchMatrix(capacity, units);
    delta = new BatchMatrix(capacity, units);
  }

  /** The layer's output {@code a} for the batch. */
  BatchMatrix activations() {
    return activations;
  }

  /** The gradient of the batch's loss by the layer's weighted sums. */
  BatchMatrix delta() {
    return delta;
  }

  /** {@code z = x Wᵀ + b}, left on the heap side of {@link #activations}. */
  void weightedSums(NativeMatrix x, int count) {
    NativeMatrix z = activations.matrix();
    z.setRows(biases, count);
    z.addTimesTransposed(x, weights, count);
    activations.copyToHeap(count);
  }

  /** {@code dW = deltaᵀ x} and {@code db = deltaᵀ 1}, from the heap side of {@link #delta}. */
  void gradient(NativeMatrix x, NativeMatrix ones, int count) {
    delta.copyToNative(count);
    weightGradient.setTransposedTimes(delta.matrix(), x, count);
    biasGradient.setColumnSums(delta.matrix(), ones, count);
  }

  /** {@code dx = delta W}, left on the heap side of {@code dx}; after {@link #gradient}. */
  void inputGradient(BatchMatrix dx, int count) {
    dx.matrix().setTimes(delta.matrix(), weights, count);
    dx.copyToHeap(count);
  }

  @Override
  public void close() {
    activations.close();
    delta.close();
  }
}
