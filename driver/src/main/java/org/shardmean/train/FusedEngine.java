package org.shardmean.train;

import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.MissingBlasException;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.OpenBlas;
import org.shardmean.model.ParameterLayout;

/**
 * Our own step: {@link Backpropagation} over OpenBLAS, then the optimizer's formula in place.
 * Nothing is allocated in a step but its score.
 *
 * <p>The same bits come out whatever else runs: OpenBLAS is held to one thread, and the order of
 * its sums depends only on the matrices' sizes and the kind of processor (see {@link OpenBlas}).
 */
public final class FusedEngine implements Engine {
  private final ParameterLayout layout;
  private final LocalSettings settings;
  private final int outputs;
  private final InputMajor order;
  private final float[] parameters;
  private final float[] gradient;
  private final InnerOptimizer optimizer;
  private final Backpropagation network;
  private long steps;
  private boolean closed;

  /**
   * An engine at no particular parameters; {@link #load} comes first.
   *
   * @throws MissingBlasException if there is no OpenBLAS for this platform
   */
  public FusedEngine(ModelSpec spec, LocalSettings settings) {
    OpenBlas.load();
    this.layout = new ParameterLayout(spec);
    this.order = new InputMajor(layout);
    this.settings = settings;
    this.outputs = spec.outputs();
    this.parameters = new float[layout.size()];
    this.gradient = new float[layout.size()];
    this.optimizer = InnerOptimizer.of(settings.optimizer(), layout.size());
    this.network = new Backpropagation(spec, settings.labelSmoothing(), settings.batchSize());
  }

  @Override
  public void load(TrainingState state) {
    requireOpen();
    state.requireParameters(layout.size());
    optimizer.load(state.momentsFor(settings.optimizer()), order);
    order.fromLayout(state.parameters(), 0, parameters);
    steps = state.steps();
  }

  @Override
  public TrainingScore step(Batch batch, double learningRate) {
    requireOpen();
    OpenBlas.limitToOneThread();
    network.forward(parameters, batch);
    TrainingScore before = network.score(batch);
    network.backward(batch, gradient);
    decayWeights(learningRate);
    optimizer.updateInPlace(parameters, gradient, learningRate, ++steps);
    return before;
  }

  /** {@code w -= rate * decay * w}, for weights and not for biases, whatever the gradient. */
  private void decayWeights(double learningRate) {
    if (settings.weightDecay() == 0) {
      return;
    }
    float share = (float) (learningRate * settings.weightDecay());
    for (int l = 0; l < layout.layers(); l++) {
      for (int i = layout.weights(l); i < layout.biases(l); i++) {
        parameters[i] -= share * parameters[i];
      }
    }
  }

  @Override
  public void predict(Batch batch, float[] into) {
    requireOpen();
    OpenBlas.limitToOneThread();
    System.arraycopy(network.forward(parameters, batch), 0, into, 0, batch.count() * outputs);
  }

  @Override
  public TrainingState state() {
    float[] flat = new float[layout.size()];
    order.toLayout(parameters, flat, 0);
    return new TrainingState(flat, optimizer.moments(order), steps);
  }

  /** The gradient of the last step, in the order of {@link ParameterLayout}, a copy. */
  float[] gradient() {
    float[] flat = new float[layout.size()];
    order.toLayout(gradient, flat, 0);
    return flat;
  }

  @Override
  public void close() {
    closed = true;
    network.close();
  }

  /** Native memory that was given back must not be touched: nothing would catch it. */
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the engine was closed; make a new one");
    }
  }
}
