package org.shardmean.average;

import java.util.List;
import org.shardmean.train.LocalResult;
import org.shardmean.train.TrainingState;

/**
 * The mean of the workers' states, weighted by the examples each trained on in the round (McMahan
 * et al., "Communication-Efficient Learning of Deep Networks from Decentralized Data", 2017,
 * algorithm 1).
 *
 * <p>Workers are taken in the order of their numbers, whatever the order they answered in, so the
 * sum rounds the same way every time. It is built as the first worker's state plus the weighted
 * differences from it: workers that agree average to just what they agree on, one worker averages
 * to itself, and rounding is relative to the small differences.
 */
public final class WeightedMean {
  private WeightedMean() {}

  /**
   * A new state; parameters and moments are both averaged, and steps are the most any worker did.
   * Workers without examples have no weight; if none had any, the first one's state is the mean.
   *
   * @param results one for each worker, in order of worker; not written to
   * @throws IllegalArgumentException if there is none, or their sizes differ
   */
  public static TrainingState of(List<LocalResult> results) {
    if (results.isEmpty()) {
      throw new IllegalArgumentException("a mean needs at least one result, found none");
    }
    List<LocalResult> counted = results.stream().filter(r -> r.score().examples() > 0).toList();
    if (counted.isEmpty()) {
      return results.get(0).state();
    }
    double total = counted.stream().mapToLong(r -> r.score().examples()).sum();
    TrainingState first = counted.get(0).state();
    float[] parameters = first.parameters().clone();
    float[] moments = first.moments().clone();
    long steps = first.steps();
    for (LocalResult result : counted.subList(1, counted.size())) {
      TrainingState state = result.state();
      float weight = (float) (result.score().examples() / total);
      addDifferenceInPlace(parameters, weight, state.parameters(), first.parameters());
      addDifferenceInPlace(moments, weight, state.moments(), first.moments());
      steps = Math.max(steps, state.steps());
    }
    return new TrainingState(parameters, moments, steps);
  }

  private static void addDifferenceInPlace(float[] sum, float weight, float[] a, float[] b) {
    if (a.length != sum.length || b.length != sum.length) {
      throw new IllegalArgumentException(
          "states to average must be of one size, found %d and %d floats"
              .formatted(sum.length, a.length));
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * (a[i] - b[i]);
    }
  }
}
