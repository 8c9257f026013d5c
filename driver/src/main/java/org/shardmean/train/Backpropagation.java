package org.shardmean.train;

import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

/**
 * A dense network's forward and backward pass, as the textbooks have them, with OpenBLAS for the
 * matrix products and plain loops for the rest. Nothing is allocated in a pass.
 *
 * <p>For each layer, with {@code x} its input (a row for each example), {@code W} its weights (a
 * row for each unit) and {@code b} its biases:
 *
 * <pre>
 *   forward    z = x Wᵀ + b,    a = f(z)           at the end p = softmax(z)
 *   backward   delta = (p - y) / examples          at the end
 *              delta = (delta above) W ∘ f'(z)     below it
 *              dW = deltaᵀ x,   db = deltaᵀ 1
 * </pre>
 */
final class Backpropagation implements AutoCloseable {
  private final ParameterLayout layout;
  private final HiddenFunction function;
  private final SoftmaxOutput softmax;
  private final NativeFloats parameters;
  private final NativeFloats gradient;
  private final DenseLayer[] layers;
  private final float[] widened;
  private NativeMatrix input;
  private NativeMatrix ones;
  private int capacity;

  /**
   * A network at no particular parameters.
   *
   * @param capacity examples in a batch, to begin with; a larger batch makes room for itself
   */
  Backpropagation(ModelSpec spec, double labelSmoothing, int capacity) {
    layout = new ParameterLayout(spec);
    function = HiddenFunction.of(spec.hidden());
    softmax = new SoftmaxOutput(spec.classes(), labelSmoothing);
    parameters = new NativeFloats(layout.size());
    gradient = new NativeFloats(layout.size());
    layers = new DenseLayer[layout.layers()];
    widened = new float[spec.inputs()];
    makeRoomFor(capacity);
  }

  /** Takes over the flat parameters, a copy. */
  void setParameters(float[] flat) {
    parameters.put(0, flat, 0, layout.size());
  }

  /** Copies the gradient that {@link #backward} left, in the order of the flat parameters. */
  void getGradient(float[] flat) {
    gradient.get(0, flat, 0, layout.size());
  }

  /**
   * The class probabilities of each example.
   *
   * @return a view, valid until the next pass: rows are examples, columns classes
   * @throws IllegalArgumentException if the examples are not of the network's input size
   */
  float[] forward(Batch batch) {
    if (batch.inputs() != input.columns()) {
      throw new IllegalArgumentException(
          "examples must have %d inputs, as the network, found %d; give layers that fit the data"
              .formatted(input.columns(), batch.inputs()));
    }
    int count = batch.count();
    makeRoomFor(count);
    widen(batch);
    NativeMatrix x = input;
    for (DenseLayer layer : layers) {
      layer.weightedSums(x, count);
      BatchMatrix a = layer.activations();
      if (layer == output()) {
        softmax.applyInPlace(a.heap(), count);
      } else {
        function.applyInPlace(a.heap(), a.length(count));
      }
      a.copyToNative(count);
      x = a.matrix();
    }
    return output().activations().heap();
  }

  /** The gradient of the batch's mean loss, right after its {@link #forward} pass. */
  void backward(Batch batch) {
    int count = batch.count();
    softmax.gradient(output().activations().heap(), batch.labels(), count, output().delta().heap());
    for (int l = layers.length - 1; l > 0; l--) {
      DenseLayer layer = layers[l];
      DenseLayer below = layers[l - 1];
      layer.gradient(below.activations().matrix(), ones, count);
      layer.inputGradient(below.delta(), count);
      function.timesDerivativeInPlace(
          below.delta().heap(), below.activations().heap(), below.delta().length(count));
    }
    layers[0].gradient(input, ones, count);
  }

  private DenseLayer output() {
    return layers[layers.length - 1];
  }

  private void widen(Batch batch) {
    for (int row = 0; row < batch.count(); row++) {
      batch.widenRow(row, widened);
      input.putRow(row, widened);
    }
  }

  private void makeRoomFor(int examples) {
    if (examples <= capacity) {
      return;
    }
    closeBatchMatrices();
    capacity = examples;
    input = NativeMatrix.allocate(capacity, layout.inputs(0));
    ones = NativeMatrix.allocate(capacity, 1);
    float[] one = {1};
    for (int row = 0; row < capacity; row++) {
      ones.putRow(row, one);
    }
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new DenseLayer(layout, l, parameters, gradient, capacity);
    }
  }

  private void closeBatchMatrices() {
    if (capacity == 0) {
      return;
    }
    input.close();
    ones.close();
    for (DenseLayer layer : layers) {
      layer.close();
    }
  }

  @Override
  public void close() {
    closeBatchMatrices();
    parameters.close();
    gradient.close();
  }
}
