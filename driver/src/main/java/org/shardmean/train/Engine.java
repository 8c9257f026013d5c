package org.shardmean.train;

import org.shardmean.metrics.TrainingScore;

/**
 * How a local step is computed. An engine belongs to one thread at a time and is used again for
 * round after round; all that lasts between rounds is in the {@link TrainingState}.
 */
public interface Engine extends AutoCloseable {

  /**
   * Goes on from {@code state}, which is copied. A state without moments will do for an engine that
   * only predicts.
   */
  void load(TrainingState state);

  /**
   * One step of the inner optimizer on the batch's mean loss.
   *
   * @param learningRate the rate for this step
   * @return loss and right answers of the batch before the step; the loss is the negative
   *     log-likelihood of the labels as they are, without smoothing
   */
  TrainingScore step(Batch batch, double learningRate);

  /**
   * The class probabilities of a batch.
   *
   * @param into row-major, rows are examples, columns classes; at least {@code batch.count() *
   *     classes} floats are written
   */
  void predict(Batch batch, float[] into);

  /** Where training stands now, a copy. */
  TrainingState state();

  /** Gives back what the engine holds outside the heap. */
  @Override
  void close();
}
