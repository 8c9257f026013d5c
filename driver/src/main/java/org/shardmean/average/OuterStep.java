package org.shardmean.average;

import static java.util.Objects.requireNonNull;

import org.shardmean.train.TrainingState;

/**
 * The driver's optimizer. It takes the workers' averaged difference, {@code delta = mean -
 * current}, for a step (a negative gradient), with velocity {@code v} from round to round:
 *
 * <ul>
 *   <li>mean: {@code next = current + rate * delta}; at rate 1 just the mean
 *   <li>momentum: {@code v = mu * v + delta; next = current + rate * v} (SlowMo: Wang et al., 2020,
 *       algorithm 1, with the base optimizer's rate taken into delta)
 *   <li>Nesterov: {@code v = mu * v + delta; next = current + rate * (mu * v + delta)} (DiLoCo:
 *       Douillard et al., 2023, algorithm 1 with Nesterov's outer optimizer)
 * </ul>
 *
 * The inner optimizer's moments are not stepped: they are the mean's.
 */
public final class OuterStep {
  private final AveragingSettings settings;
  private final float[] velocity;

  /** At rest. */
  public OuterStep(AveragingSettings settings, int parameters) {
    this(settings, new float[settings.outer() == OuterKind.MEAN ? 0 : parameters]);
  }

  /** With a velocity to go on with, which is copied. */
  public OuterStep(AveragingSettings settings, float[] velocity) {
    this.settings = requireNonNull(settings, "settings");
    this.velocity = velocity.clone();
  }

  /**
   * Takes a round's step, which changes this step's velocity. Neither argument is written to.
   *
   * @param current the state that the round began with
   * @param mean the mean of the workers' states after it
   * @return the state after the step: {@code mean} itself for the mean at rate 1; otherwise one
   *     with new parameters and the moments' arrays of {@code mean}, not copied
   */
  public TrainingState stepInPlace(TrainingState current, TrainingState mean) {
    if (settings.outer() == OuterKind.MEAN && settings.outerRate() == 1) {
      return mean;
    }
    float[] next = current.parameters().clone();
    float rate = (float) settings.outerRate();
    float momentum = (float) settings.outerMomentum();
    switch (settings.outer()) {
      case MEAN -> addMean(next, mean.parameters(), rate);
      case MOMENTUM -> addHeavyBall(next, mean.parameters(), rate, momentum);
      case NESTEROV -> addNesterov(next, mean.parameters(), rate, momentum);
    }
    return new TrainingState(next, mean.moments(), mean.steps());
  }

  /** The velocity, a copy; as long as the parameters, or empty for the mean. */
  public float[] velocity() {
    return velocity.clone();
  }

  private static void addMean(float[] next, float[] mean, float rate) {
    for (int i = 0; i < next.length; i++) {
      next[i] += rate * (mean[i] - next[i]);
    }
  }

  private void addHeavyBall(float[] next, float[] mean, float rate, float momentum) {
    for (int i = 0; i < next.length; i++) {
      velocity[i] = momentum * velocity[i] + (mean[i] - next[i]);
      next[i] += rate * velocity[i];
    }
  }

  private void addNesterov(float[] next, float[] mean, float rate, float momentum) {
    for (int i = 0; i < next.length; i++) {
      float delta = mean[i] - next[i];
      velocity[i] = momentum * velocity[i] + delta;
      next[i] += rate * (momentum * velocity[i] + delta);
    }
  }
}
