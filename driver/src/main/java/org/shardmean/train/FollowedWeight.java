package org.shardmean.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.data.Examples;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

/**
 * One weight of a run through the run's first local steps: those of worker 0 in its first round.
 *
 * <p>The steps are done once more after the training, from the same start on the same examples, so
 * nothing is recorded while the run trains, and the numbers are the run's own to the bit.
 *
 * @param layer from 0, the first
 * @param unit of this layer, from 0
 * @param input of this unit, from 0; in the first layer a pixel, row by row
 * @param steps in order, at least one; {@code before} of each is {@code after} of the one before
 */
public record FollowedWeight(int layer, int unit, int input, List<Step> steps) {
  /** Steps that are followed. */
  public static final int MOST_STEPS = 5;

  /**
   * One step.
   *
   * @param rate the learning rate
   * @param gradient the derivative of the batch's mean loss by this weight
   */
  public record Step(double rate, double gradient, double before, double after) {
    public Step {
      requireFinite("rate", rate);
      requireFinite("gradient", gradient);
      requireFinite("before", before);
      requireFinite("after", after);
    }

    private static void requireFinite(String what, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(what + " must be finite, found " + value);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if there is no step, or there are too many, or a number is
   *     below zero
   */
  public FollowedWeight {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          "expected 1 to %d steps, found %d".formatted(MOST_STEPS, steps.size()));
    }
    if (layer < 0 || unit < 0 || input < 0) {
      throw new IllegalArgumentException(
          "layer, unit and input must not be negative, found %d, %d and %d"
              .formatted(layer, unit, input));
    }
  }

  /** How many of a shard's examples the followed steps use. */
  public static int examples(LocalSettings settings, RoundPlan plan, int shardSize) {
    return Math.min(shardSize, steps(settings, plan, shardSize) * settings.batchSize());
  }

  private static int steps(LocalSettings settings, RoundPlan plan, int shardSize) {
    int batches = settings.batches(shardSize);
    return Math.min(MOST_STEPS, plan.endBatch(batches) - plan.firstBatch(batches));
  }

  /**
   * Does the first steps again, and follows the weight of the first layer that has the largest
   * gradient in the first of them.
   *
   * @param plan of the run's first round
   * @param first the examples of the shard that these steps use ({@link #examples} of them), in the
   *     order in which the worker sees them
   * @param start the run's first parameters, which are not changed
   * @return the steps up to one that is not finite; empty if that is the first
   * @throws IllegalArgumentException if the engine is not the fused one, whose steps these are, or
   *     the round has no step
   */
  public static Optional<FollowedWeight> follow(
      ModelSpec spec,
      LocalSettings settings,
      RoundPlan plan,
      Examples first,
      int shardSize,
      float[] start) {
    if (settings.engine() != EngineKind.FUSED) {
      throw new IllegalArgumentException("expected the engine fused, found " + settings.engine());
    }
    int batches = settings.batches(shardSize);
    int[] order = IntStream.range(0, first.count()).toArray();
    Batch batch = new Batch(settings.batchSize(), spec);
    List<Step> steps = new ArrayList<>();
    int weight = -1;
    float[] before = start;
    try (FusedEngine engine = new FusedEngine(spec, settings)) {
      engine.load(TrainingState.initial(start, settings.optimizer()));
      for (int b = 0; b < steps(settings, plan, shardSize); b++) {
        int from = b * settings.batchSize();
        int count = Math.min(settings.batchSize(), first.count() - from);
        batch.fill(first, order, from, count, settings.inputDropout(), plan.maskSeed(0, b));
        double rate = settings.rate().at(plan.progress(b, batches));
        engine.step(batch, rate);
        float[] gradient = engine.gradient();
        float[] after = engine.state().parameters();
        weight = b == 0 ? steepest(gradient, new ParameterLayout(spec).biases(0)) : weight;
        if (!Float.isFinite(gradient[weight]) || !Float.isFinite(after[weight])) {
          break;
        }
        steps.add(new Step(rate, gradient[weight], before[weight], after[weight]));
        before = after;
      }
    }
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(new FollowedWeight(0, weight / spec.inputs(), weight % spec.inputs(), steps));
  }

  /** The first of the steepest among {@code gradient[0 … end - 1]}. */
  private static int steepest(float[] gradient, int end) {
    int steepest = 0;
    for (int i = 1; i < end; i++) {
      if (Math.abs(gradient[i]) > Math.abs(gradient[steepest])) {
        steepest = i;
      }
    }
    return steepest;
  }
}
