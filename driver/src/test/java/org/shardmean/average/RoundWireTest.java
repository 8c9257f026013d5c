package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.WireFormat;

class RoundWireTest {
  private static final int PARAMETERS = 300;
  private static final RoundPlan PLAN = new RoundPlan(7, 3, 2, 2, 1);

  @Property(tries = 300)
  void anyCutGivesTheSameBitsInEveryFormat(
      @ForAll WireFormat format,
      @ForAll @IntRange(min = 1, max = 20) int workers,
      @ForAll @IntRange(min = 1, max = 20) int slots,
      @ForAll long seed) {
    float[] start = drawn(seed, -1, 1);
    List<LocalResult> results = results(workers, start, seed);

    RoundSum whole = total(format, results, start, List.of(new Block(0, workers)));
    RoundSum cut = total(format, results, start, Block.cut(workers, slots));

    assertArrayEquals(whole.mean().parameters(), cut.mean().parameters());
    assertArrayEquals(whole.mean().moments(), cut.mean().moments());
    assertEquals(whole.mean().steps(), cut.mean().steps());
    assertEquals(whole.score(), cut.score());
    assertEquals(whole.spread(), cut.spread());
    assertEquals(workers, cut.workers());
  }

  @Property(tries = 100)
  void float32IsThePlainSum(@ForAll @IntRange(min = 1, max = 9) int workers, @ForAll long seed) {
    float[] start = drawn(seed, -1, 1);
    List<LocalResult> results = results(workers, start, seed);
    List<Block> blocks = List.of(new Block(0, workers));

    RoundSum plain = RoundSums.of(results, blocks);
    RoundSum crossed = total(WireFormat.FLOAT32, results, start, blocks);

    assertArrayEquals(plain.mean().parameters(), crossed.mean().parameters());
    assertArrayEquals(plain.mean().moments(), crossed.mean().moments());
    assertEquals(plain.spread(), crossed.spread());
  }

  /** Workers move by about 0.01 here: errors are a small part of that, not of the parameters. */
  @Property(tries = 100)
  void theOthersComeNearIt(@ForAll @IntRange(min = 1, max = 20) int workers, @ForAll long seed) {
    float[] start = drawn(seed, -1, 1);
    List<LocalResult> results = results(workers, start, seed);
    List<Block> blocks = List.of(new Block(0, workers));
    RoundSum plain = RoundSums.of(results, blocks);

    assertNear(plain, total(WireFormat.BFLOAT16, results, start, blocks), 0.01);
    assertNear(plain, total(WireFormat.INT8, results, start, blocks), 0.05);
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerWithoutFiniteNumbersIsNotHidden(WireFormat format) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] start = drawn(1, -1, 1);
      List<LocalResult> results = results(5, start, 1);
      results.get(3).state().parameters()[17] = bad;
      RoundSum sum = total(format, results, start, Block.cut(5, 2));
      assertFalse(Vectors.isFinite(sum.mean().parameters()), format + " hides " + bad);
    }
  }

  private static void assertNear(RoundSum plain, RoundSum crossed, double part) {
    double distance =
        Vectors.squaredDistance(
            plain.mean().parameters(), crossed.mean().parameters(), 0, Integer.MAX_VALUE);
    assertTrue(
        Math.sqrt(distance / PARAMETERS) < part * 0.01,
        "found " + Math.sqrt(distance / PARAMETERS));
    assertEquals(plain.spread(), crossed.spread(), 0.1 * plain.spread());
  }

  private static RoundSum total(
      WireFormat format, List<LocalResult> results, float[] start, List<Block> blocks) {
    RoundWire wire = RoundWire.of(format, PLAN, PARAMETERS);
    SumTree tree = new SumTree(results.size());
    List<List<CodedSum>> sums = new ArrayList<>();
    for (Block block : blocks) {
      sums.add(
          tree.partialSums(
              block,
              worker -> wire.leaf(worker, RoundSums.copy(results.get(worker)), start),
              wire::add));
    }
    return wire.total(tree.total(blocks, sums, wire::add), start);
  }

  private static List<LocalResult> results(int workers, float[] start, long seed) {
    List<LocalResult> results = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      float[] parameters = drawn(seed, worker, 0.01f);
      Vectors.addInPlace(parameters, start);
      float[] moments = new float[2 * PARAMETERS];
      for (int i = 0; i < PARAMETERS; i++) {
        moments[i] = parameters[i] - start[i];
        moments[PARAMETERS + i] = moments[i] * moments[i];
      }
      results.add(
          new LocalResult(
              new TrainingState(parameters, moments, worker),
              new TrainingScore(10 + worker, 3, 2),
              1,
              0.5));
    }
    return results;
  }

  private static float[] drawn(long seed, int worker, float scale) {
    SplittableRandom random = new SplittableRandom(seed + worker);
    float[] values = new float[PARAMETERS];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (float) random.nextGaussian();
    }
    return values;
  }
}
