package org.shardmean.train;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How a worker trains between two averagings.
 *
 * @param engine how a local step is computed
 * @param optimizer the inner optimizer
 * @param rate the learning rate over the run
 * @param batchSize examples in a minibatch; an epoch's last one may be smaller
 * @param weightDecay decoupled weight decay (Loshchilov and Hutter, 2019): every step also takes
 *     {@code rate * weightDecay * w} off each weight, not off the biases; 0 for none
 * @param labelSmoothing the share of each label spread evenly over all classes (Szegedy et al.,
 *     2016, section 7), 0 up to 1
 * @param inputDropout the chance that a pixel is set to zero while training, the others scaled up
 *     to keep the mean (Srivastava et al., 2014), 0 up to 1
 */
public record LocalSettings(
    EngineKind engine,
    Optimizer optimizer,
    LearningRate rate,
    int batchSize,
    double weightDecay,
    double labelSmoothing,
    double inputDropout)
    implements Serializable {

  /** Of {@link Optimizer#MOMENTUM}. */
  public static final double MOMENTUM = 0.9;

  /** Of {@link Optimizer#ADAM}: the decay of the first moment. */
  public static final double BETA1 = 0.9;

  /** Of {@link Optimizer#ADAM}: the decay of the second moment. */
  public static final double BETA2 = 0.999;

  /** Of {@link Optimizer#ADAM}: added to the root of the second moment. */
  public static final double EPSILON = 1e-8;

  public LocalSettings {
    requireNonNull(engine, "engine");
    requireNonNull(optimizer, "optimizer");
    requireNonNull(rate, "rate");
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, found " + batchSize);
    }
    requireShare("weight decay", weightDecay);
    requireShare("label smoothing", labelSmoothing);
    requireShare("input dropout", inputDropout);
  }

  /** Without regularization. */
  public static LocalSettings of(
      EngineKind engine, Optimizer optimizer, LearningRate rate, int batchSize) {
    return new LocalSettings(engine, optimizer, rate, batchSize, 0, 0, 0);
  }

  private static void requireShare(String what, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(what + " must be 0 up to 1, found " + share);
    }
  }

  /** Minibatches in an epoch over {@code examples}; the last may be smaller. */
  public int batches(int examples) {
    return (int) (((long) examples + batchSize - 1) / batchSize);
  }

  /** These settings with another engine. */
  public LocalSettings withEngine(EngineKind engine) {
    return new LocalSettings(
        engine, optimizer, rate, batchSize, weightDecay, labelSmoothing, inputDropout);
  }

  /** These settings with another optimizer. */
  public LocalSettings withOptimizer(Optimizer optimizer) {
    return new LocalSettings(
        engine, optimizer, rate, batchSize, weightDecay, labelSmoothing, inputDropout);
  }

  /** These settings with another learning rate. */
  public LocalSettings withRate(LearningRate rate) {
    return new LocalSettings(
        engine, optimizer, rate, batchSize, weightDecay, labelSmoothing, inputDropout);
  }

  /** These settings with another batch size. */
  public LocalSettings withBatchSize(int batchSize) {
    return new LocalSettings(
        engine, optimizer, rate, batchSize, weightDecay, labelSmoothing, inputDropout);
  }

  /** These settings with another weight decay. */
  public LocalSettings withWeightDecay(double weightDecay) {
    return new LocalSettings(
        engine, optimizer, rate, batchSize, weightDecay, labelSmoothing, inputDropout);
  }

  /** These settings with another label smoothing. */
  public LocalSettings withLabelSmoothing(double labelSmoothing) {
    return new LocalSettings(
        engine, optimizer, rate, batchSize, weightDecay, labelSmoothing, inputDropout);
  }

  /** These settings with another input dropout. */
  public LocalSettings withInputDropout(double inputDropout) {
    return new LocalSettings(
        engine, optimizer, rate, batchSize, weightDecay, labelSmoothing, inputDropout);
  }
}
