package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.average.RoundSums.losing;
import static org.shardmean.average.RoundSums.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.TrainingState;

class RoundSumTest {

  @Test
  void shardsOfUnequalSizeAreWeightedByTheirExamples() {
    RoundSum sum = RoundSums.of(result(30, 5, 1f, -2f), result(10, 7, 5f, 2f));

    assertArrayEquals(new float[] {2f, -1f}, sum.mean().parameters());
    assertArrayEquals(new float[] {2f, -1f}, sum.mean().moments());
    assertEquals(7, sum.mean().steps());
  }

  @Test
  void scoresWorkersAndSecondsAreAddedUp() {
    RoundSum sum = RoundSums.of(losing(30, 2, 1), losing(10, 4, 1), losing(0, 0, 1));

    assertEquals(new TrainingScore(40, 100, 0), sum.score());
    assertEquals(3, sum.workers());
    assertEquals(1.5, sum.seconds());
  }

  /** Mean 4, squared distances 9 and 1 from it: 10 * 9 + 30 * 1. */
  @Test
  void theSpreadIsTheWeightedSquaredDistanceFromTheMean() {
    assertEquals(120, RoundSums.of(worker(10, 1), worker(30, 5)).spread());
  }

  @Property
  void workersWithoutExamplesChangeNoBit(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 2) Integer> examples,
      @ForAll long seed) {
    List<LocalResult> counted = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    List<RoundSum> sums = new ArrayList<>();
    for (int weight : examples) {
      LocalResult result =
          weight == 0
              ? losing(0, 0, Float.NaN, -0f, Float.NEGATIVE_INFINITY)
              : worker(weight, (float) random.nextDouble(), -0f, random.nextInt());
      sums.add(RoundSums.of(result));
      if (weight > 0) {
        counted.add(result);
      }
    }
    if (counted.isEmpty()) {
      return;
    }

    // One after another, so that leaving some out changes no other addition.
    RoundSum all = sums.stream().reduce(RoundSum::addInPlace).orElseThrow();
    RoundSum without =
        counted.stream().map(RoundSums::of).reduce(RoundSum::addInPlace).orElseThrow();

    assertArrayEquals(without.mean().parameters(), all.mean().parameters());
    assertEquals(without.spread(), all.spread());
    assertEquals(without.score(), all.score());
  }

  @Test
  void noExamplesAtAllLeaveTheStateAsItWas() {
    RoundSum sum = RoundSums.of(losing(0, 0, 3f, 4f), losing(0, 0, 3f, 4f));
    assertArrayEquals(new float[] {3f, 4f}, sum.mean().parameters());
    assertEquals(0, sum.spread());
  }

  @Test
  void statesOfDifferentSizesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> RoundSums.of(worker(1, 1f), worker(1, 1f, 2f)));
  }

  @Property
  void workersThatAgreeAverageToWhatTheyAgreeOnBitForBit(
      @ForAll @Size(min = 1, max = 20) List<@FloatRange(min = -10, max = 10) Float> values,
      @ForAll @IntRange(min = 1, max = 130) int workers) {
    float[] agreed = new float[values.size() + 2];
    for (int i = 0; i < values.size(); i++) {
      agreed[i] = values.get(i);
    }
    agreed[values.size()] = -0f;
    agreed[values.size() + 1] = Float.MIN_VALUE;
    LocalResult[] results = new LocalResult[workers];
    for (int k = 0; k < workers; k++) {
      results[k] = worker(k + 1, agreed.clone());
    }

    RoundSum sum = RoundSums.of(results);

    assertArrayEquals(agreed, sum.mean().parameters());
    assertEquals(0, sum.spread());
  }

  @Property(tries = 200)
  void anyCutIntoBlocksComesToTheSameBits(
      @ForAll @IntRange(min = 1, max = 70) int workers,
      @ForAll @IntRange(min = 1, max = 70) int slots,
      @ForAll long seed) {
    List<LocalResult> results = random(workers, 9, seed);

    RoundSum whole = RoundSums.of(results, List.of(new Block(0, workers)));
    RoundSum cut = RoundSums.of(results, Block.cut(workers, slots));
    RoundSum single = RoundSums.of(results, Block.cut(workers, workers));

    for (RoundSum sum : List.of(cut, single)) {
      assertArrayEquals(whole.mean().parameters(), sum.mean().parameters());
      assertArrayEquals(whole.mean().moments(), sum.mean().moments());
      assertEquals(whole.score(), sum.score());
      assertEquals(whole.spread(), sum.spread());
      assertEquals(whole.mean().steps(), sum.mean().steps());
    }
  }

  @Property(tries = 200)
  void meanAndSpreadAreThoseInDoublePrecision(
      @ForAll @IntRange(min = 1, max = 130) int workers, @ForAll long seed) {
    List<LocalResult> results = random(workers, 9, seed);
    RoundSum sum = RoundSums.of(results, List.of(new Block(0, workers)));

    double[] mean = mean(results);
    double spread = 0;
    for (LocalResult result : results) {
      for (int i = 0; i < mean.length; i++) {
        double way = result.state().parameters()[i] - mean[i];
        spread += result.score().examples() * way * way;
      }
    }

    for (int i = 0; i < mean.length; i++) {
      assertEquals(mean[i], sum.mean().parameters()[i], 2e-7);
    }
    assertEquals(spread, sum.spread(), 1e-5 * spread + 1e-9);
  }

  /** The sum that was here before: the first worker plus the weighted differences from it. */
  @Test
  void theMeanIsMoreAccurateThanOneInOrderOfWorker() {
    for (int workers : new int[] {3, 8, 31, 128}) {
      List<LocalResult> results = random(workers, 10_000, workers);
      double[] mean = mean(results);
      float[] inOrder = results.get(0).state().parameters().clone();
      double total = results.stream().mapToLong(r -> r.score().examples()).sum();
      for (LocalResult result : results) {
        float weight = (float) (result.score().examples() / total);
        for (int i = 0; i < inOrder.length; i++) {
          inOrder[i] +=
              weight * (result.state().parameters()[i] - results.get(0).state().parameters()[i]);
        }
      }

      float[] tree = RoundSums.of(results, List.of(new Block(0, workers))).mean().parameters();

      double treeError = meanSquaredError(tree, mean);
      double inOrderError = meanSquaredError(inOrder, mean);
      assertTrue(treeError < inOrderError, workers + ": " + treeError + ", " + inOrderError);
    }
  }

  private static double meanSquaredError(float[] found, double[] exact) {
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      sum += (found[i] - exact[i]) * (found[i] - exact[i]);
    }
    return sum / exact.length;
  }

  private static double[] mean(List<LocalResult> results) {
    double[] mean = new double[results.get(0).state().parameters().length];
    double total = results.stream().mapToLong(r -> r.score().examples()).sum();
    for (LocalResult result : results) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += result.score().examples() / total * result.state().parameters()[i];
      }
    }
    return mean;
  }

  /** Workers that have moved a little apart, as in training, with shards of uneven size. */
  private static List<LocalResult> random(int workers, int parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] start = new float[parameters];
    for (int i = 0; i < parameters; i++) {
      start[i] = (float) random.nextDouble(-1, 1);
    }
    List<LocalResult> results = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      float[] values = start.clone();
      for (int i = 0; i < parameters; i++) {
        values[i] += (float) random.nextDouble(-0.1, 0.1);
      }
      results.add(result(random.nextInt(20, 30), worker, values));
    }
    return results;
  }

  private static LocalResult result(long examples, long steps, float... values) {
    return new LocalResult(
        new TrainingState(values, values.clone(), steps),
        new TrainingScore(examples, examples / 3.0, 0),
        (int) steps,
        1);
  }
}
