package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {
  @Test
  void schedulesPassThroughTheirKnownPoints() {
    assertEquals(0.1, LearningRate.constant(0.1).at(0.9));
    LearningRate cosine = new LearningRate(Schedule.COSINE, 2, 0);
    assertEquals(2, cosine.at(0));
    assertEquals(1, cosine.at(0.5), 1e-12);
    assertEquals(0, cosine.at(1), 1e-12);
    LearningRate oneCycle = new LearningRate(Schedule.ONE_CYCLE, 2, 0.2);
    assertEquals(1, oneCycle.at(0.1), 1e-12);
    assertEquals(2, oneCycle.at(0.2), 1e-12);
    assertEquals(1, oneCycle.at(0.6), 1e-12);
    assertEquals(0, oneCycle.at(1), 1e-12);
  }

  @Property
  void noScheduleLeavesZeroToPeak(
      @ForAll Schedule schedule,
      @ForAll @DoubleRange(min = 0, max = 1) double progress,
      @ForAll @DoubleRange(min = 0, max = 0.9) double warmup) {
    double rate = new LearningRate(schedule, 3, warmup).at(progress);
    assertTrue(rate >= 0 && rate <= 3 + 1e-12, "rate " + rate);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void ratesThatCannotLearnAreRefused(double peak) {
    assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(peak));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void warmUpsOutOfRangeAreRefused(double warmup) {
    assertThrows(
        IllegalArgumentException.class, () -> new LearningRate(Schedule.COSINE, 1, warmup));
  }
}
