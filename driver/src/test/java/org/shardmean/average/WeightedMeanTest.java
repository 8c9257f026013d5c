package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.TrainingState;

class WeightedMeanTest {

  @Test
  void shardsOfUnequalSizeAreWeightedByTheirExamples() {
    TrainingState mean = WeightedMean.of(List.of(result(30, 5, 1f, -2f), result(10, 7, 5f, 2f)));
    assertArrayEquals(new float[] {2f, -1f}, mean.parameters());
    assertArrayEquals(new float[] {2f, -1f}, mean.moments());
    assertEquals(7, mean.steps());
  }

  @Test
  void aWorkerWithoutExamplesHasNoWeight() {
    TrainingState mean = WeightedMean.of(List.of(result(0, 0, 100f, 100f), result(10, 1, 5f, 2f)));
    assertArrayEquals(new float[] {5f, 2f}, mean.parameters());
  }

  @Test
  void noExamplesAtAllLeaveTheStateAsItWas() {
    TrainingState mean = WeightedMean.of(List.of(result(0, 0, 3f, 4f), result(0, 0, 3f, 4f)));
    assertArrayEquals(new float[] {3f, 4f}, mean.parameters());
  }

  @Test
  void noResultsOrResultsOfDifferentSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> WeightedMean.of(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> WeightedMean.of(List.of(result(1, 1, 1f), result(1, 1, 1f, 2f))));
  }

  @Property
  void workersThatAgreeAverageToWhatTheyAgreeOn(
      @ForAll @Size(min = 1, max = 20) List<@FloatRange(min = -10, max = 10) Float> values,
      @ForAll @IntRange(min = 1, max = 130) int workers) {
    float[] agreed = floats(values);
    List<LocalResult> results = new ArrayList<>();
    for (int k = 0; k < workers; k++) {
      results.add(result(k + 1, 1, agreed.clone()));
    }
    assertArrayEquals(agreed, WeightedMean.of(results).parameters());
  }

  @Property
  void theMeanIsTheOneInDoublePrecisionToFloatTolerance(
      @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -1, max = 1) Float> values) {
    List<LocalResult> results = new ArrayList<>();
    double sum = 0;
    double weights = 0;
    for (int k = 0; k < values.size(); k++) {
      results.add(result(k + 1, 1, values.get(k)));
      sum += (k + 1) * (double) values.get(k);
      weights += k + 1;
    }
    assertEquals(sum / weights, WeightedMean.of(results).parameters()[0], 1e-5);
  }

  private static LocalResult result(long examples, long steps, float... values) {
    return new LocalResult(
        new TrainingState(values, values.clone(), steps),
        new TrainingScore(examples, examples, 0),
        (int) steps,
        1);
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
