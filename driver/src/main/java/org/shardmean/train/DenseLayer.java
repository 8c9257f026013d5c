package org.shardmean.train;

import org.shardmean.model.ParameterLayout;

/**
 * One dense layer of {@link FusedEngine}: its weights and their gradient in native memory, and what
 * it computes for a batch.
 *
 * <p>Weights {@code W} and their gradient {@code dW} have a row for each input and a column for
 * each unit, which is {@link InputMajor}'s order. A batch's matrices have a row for each example.
 */
final class DenseLayer implements AutoCloseable {
  private final NativeFloats parameters;
  private final NativeFloats gradient;
  private final int first;
  private final int length;
  private final NativeMatrix weights;
  private final NativeMatrix biases;
  private final NativeMatrix weightGradient;
  private final NativeMatrix biasGradient;
  private final BatchMatrix activations;
  private final BatchMatrix delta;

  /**
   * Layer {@code l}.
   *
   * @param parameters room for all layers' parameters, of which the layer uses its own part
   * @param gradient room for their gradient, likewise
   * @param capacity the most examples in a batch
   */
  DenseLayer(
      ParameterLayout layout, int l, NativeFloats parameters, NativeFloats gradient, int capacity) {
    int inputs = layout.inputs(l);
    int units = layout.outputs(l);
    this.parameters = parameters;
    this.gradient = gradient;
    first = layout.weights(l);
    length = (inputs + 1) * units;
    weights = new NativeMatrix(parameters, layout.weights(l), inputs, units);
    biases = new NativeMatrix(parameters, layout.biases(l), 1, units);
    weightGradient = new NativeMatrix(gradient, layout.weights(l), inputs, units);
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

  /**
   * {@code z = x W + b}, left on the heap side of {@link #activations}.
   *
   * @param flat all layers' parameters, of which the layer takes a copy of its own
   */
  void weightedSums(float[] flat, NativeMatrix x, int count) {
    parameters.put(first, flat, first, length);
    NativeMatrix z = activations.matrix();
    z.setRows(biases, count);
    z.addTimes(x, weights, count);
    activations.copyToHeap(count);
  }

  /**
   * {@code dW = xᵀ delta} and {@code db = 1ᵀ delta}, after {@link BatchMatrix#copyToNative} of
   * {@link #delta}.
   *
   * @param flat receives the layer's part of the gradient
   */
  void gradient(NativeMatrix x, NativeMatrix ones, int count, float[] flat) {
    weightGradient.setTransposedTimes(x, delta.matrix(), count);
    biasGradient.setColumnSums(delta.matrix(), ones, count);
    gradient.get(first, flat, first, length);
  }

  /** {@code dx = delta Wᵀ}, left on the heap side of {@code dx}; likewise. */
  void inputGradient(BatchMatrix dx, int count) {
    dx.matrix().setTimesTransposed(delta.matrix(), weights, count);
    dx.copyToHeap(count);
  }

  @Override
  public void close() {
    activations.close();
    delta.close();
  }
}
