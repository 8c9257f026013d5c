package org.shardmean.train;

import org.shardmean.metrics.TrainingScore;

/**
 * How a local step is computed. An engine belongs to one thread at a time and is used again for
 * round after round; all that lasts between rounds is in the {@link TrainingState}.
 */
public interface Engine extends AutoCloseable {

  /**
   * Continues from {@code state}, which is copied. A state without moments is enough for an engine
   * that only predicts; to train, it begins with moments of zero.
   *
   * @throws IllegalArgumentException if the parameters are not as many as the network's, or the
   *     moments are another optimizer's
   */
  void load(TrainingState state);

  /**
   * One step of the inner optimizer on the batch's mean loss, in which each example counts by its
   * weight.
   *
   * @param learningRate the rate for this step
   * @return loss and correct answers of the batch before the step; the loss is that of the labels
   *     as they are, without smoothing and weights
   */
  TrainingScore step(Batch batch, double learningRate);

  /**
   * The network's outputs for a batch; of a classifier, the class probabilities.
   *
   * @param into row-major, rows are examples, columns outputs; {@code batch.count()} rows are
   *     written
   */
  void predict(Batch batch, float[] into);

  /** The state that training has reached, a copy. */
  TrainingState state();

  /** Frees what the engine holds outside the heap; it must not be used afterwards. */
  @Override
  void close();
}
