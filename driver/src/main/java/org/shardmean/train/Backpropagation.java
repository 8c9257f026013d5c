package org.shardmean.train;

import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

/**
 * A dense network's forward and backward pass, as the textbooks have them, with OpenBLAS for the
 * matrix products and plain loops for the rest. Nothing is allocated in a pass.
 *
 * <p>For each layer, with {@code x} its input (a row for each example), {@code W} its weights (a
 * row for each input, see {@link InputMajor}) and {@code b} its biases:
 *
 * <pre>
 *   forward    z = x W + b,     a = f(z)           at the end the output's, such as softmax
 *   backward   delta = the loss's gradient by z    at the end, such as (a - y) / examples
 *              delta = (delta above) Wᵀ ∘ f'(z)    below it
 *              dW = xᵀ delta,   db = 1ᵀ delta
 * </pre>
 *
 * <p>The first layer has two ways to the same sums: one for batches that are mostly background, and
 * products of whole matrices for all others. Which one is taken depends on the batch alone.
 */
final class Backpropagation implements AutoCloseable {
  private final ParameterLayout layout;
  private final HiddenFunction function;
  private final OutputFunction outputs;
  private final NativeFloats parameters;
  private final NativeFloats gradient;
  private final DenseLayer[] layers;
  private final float[] widened;
  private SparseBatch sparse;
  private SparseLayer sparseLayer;
  private boolean isSparse;

  /** Made for the first batch that is not sparse. */
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
    outputs = OutputFunction.of(spec, labelSmoothing);
    parameters = new NativeFloats(layout.size());
    gradient = new NativeFloats(layout.size());
    layers = new DenseLayer[layout.layers()];
    widened = new float[spec.inputs()];
    makeRoomFor(capacity);
  }

  /**
   * The network's outputs for each example.
   *
   * @param flat the network's parameters, in the order of {@link InputMajor}
   * @return a view, valid until the next pass: rows are examples, columns outputs
   * @throws IllegalArgumentException if the examples are not of the network's input size
   */
  float[] forward(float[] flat, Batch batch) {
    requireInputs(batch);
    int count = batch.count();
    makeRoomFor(count);
    firstWeightedSums(flat, batch);
    activate(layers[0], count);
    for (int l = 1; l < layers.length; l++) {
      layers[l].weightedSums(flat, layers[l - 1].activations().matrix(), count);
      activate(layers[l], count);
    }
    return output().activations().heap();
  }

  private void firstWeightedSums(float[] flat, Batch batch) {
    isSparse = sparse.read(batch);
    if (isSparse) {
      sparseLayer.weightedSums(flat, sparse, layers[0].activations().heap());
    } else {
      widen(batch);
      layers[0].weightedSums(flat, input, batch.count());
    }
  }

  private void activate(DenseLayer layer, int count) {
    BatchMatrix a = layer.activations();
    if (layer == output()) {
      outputs.applyInPlace(a.heap(), count);
    } else {
      function.applyInPlace(a.heap(), a.length(count));
      a.copyToNative(count);
    }
  }

  /** Loss and correct answers of the batch, right after its {@link #forward} pass. */
  TrainingScore score(Batch batch) {
    return outputs.score(output().activations().heap(), batch);
  }

  /**
   * The gradient of the batch's mean loss, right after its {@link #forward} pass.
   *
   * @param flat receives the gradient, in the order of {@link InputMajor}
   */
  void backward(Batch batch, float[] flat) {
    int count = batch.count();
    outputs.gradient(output().activations().heap(), batch, output().delta().heap());
    if (batch.isWeighted()) {
      weighInPlace(output().delta(), batch);
    }
    for (int l = layers.length - 1; l > 0; l--) {
      DenseLayer layer = layers[l];
      DenseLayer below = layers[l - 1];
      layer.delta().copyToNative(count);
      layer.gradient(below.activations().matrix(), ones, count, flat);
      layer.inputGradient(below.delta(), count);
      function.timesDerivativeInPlace(
          below.delta().heap(), below.activations().heap(), below.delta().length(count));
    }
    firstGradient(count, flat);
  }

  private static void weighInPlace(BatchMatrix delta, Batch batch) {
    int columns = delta.length(1);
    for (int row = 0; row < batch.count(); row++) {
      float weight = batch.weights()[row];
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        delta.heap()[i] *= weight;
      }
    }
  }

  private void firstGradient(int count, float[] flat) {
    DenseLayer first = layers[0];
    if (isSparse) {
      sparseLayer.gradient(sparse, first.delta().heap(), flat);
    } else {
      first.delta().copyToNative(count);
      first.gradient(input, ones, count, flat);
    }
  }

  private void requireInputs(Batch batch) {
    if (batch.inputs() != widened.length) {
      throw new IllegalArgumentException(
          "examples must have %d inputs, as the network, found %d; give layers that fit the data"
              .formatted(widened.length, batch.inputs()));
    }
  }

  private DenseLayer output() {
    return layers[layers.length - 1];
  }

  private void widen(Batch batch) {
    if (input == null) {
      input = NativeMatrix.allocate(capacity, layout.inputs(0));
    }
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
    ones = NativeMatrix.allocate(capacity, 1);
    float[] one = {1};
    for (int row = 0; row < capacity; row++) {
      ones.putRow(row, one);
    }
    sparse = new SparseBatch(capacity, layout.inputs(0));
    sparseLayer = new SparseLayer(layout, capacity);
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new DenseLayer(layout, l, parameters, gradient, capacity);
    }
  }

  private void closeBatchMatrices() {
    if (capacity == 0) {
      return;
    }
    if (input != null) {
      input.close();
      input = null;
    }
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
