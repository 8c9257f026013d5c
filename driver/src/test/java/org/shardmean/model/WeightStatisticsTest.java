package org.shardmean.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightStatisticsTest {
  /** 784-like layout in small: two layers, weights before biases. */
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(ModelSpec.parse("2-3-1", Activation.RELU));

  private static final float[] PARAMETERS = {1, 2, 3, 4, 5, 6, -1, 0, 1, 10, 20, 30, 7};

  @Test
  void ofWeightsAndBiasesOfEachLayer() {
    assertEquals(
        new WeightStatistics(6, 1, 3.5, 6, Math.sqrt(17.5 / 6), List.of(1f, 2f, 3f, 4f, 5f)),
        WeightStatistics.ofWeights(LAYOUT, 0, PARAMETERS));
    assertEquals(
        new WeightStatistics(3, -1, 0, 1, Math.sqrt(2.0 / 3), List.of(-1f, 0f, 1f)),
        WeightStatistics.ofBiases(LAYOUT, 0, PARAMETERS));
    assertEquals(
        new WeightStatistics(3, 10, 20, 30, Math.sqrt(200.0 / 3), List.of(10f, 20f, 30f)),
        WeightStatistics.ofWeights(LAYOUT, 1, PARAMETERS));
    assertEquals(
        new WeightStatistics(1, 7, 7, 7, 0, List.of(7f)),
        WeightStatistics.ofBiases(LAYOUT, 1, PARAMETERS));
  }

  @Test
  void oneThatIsNoNumberIsSeen() {
    WeightStatistics numbers = WeightStatistics.of(new float[] {1, Float.NaN, 2});

    assertEquals(Double.NaN, numbers.minimum());
    assertEquals(Double.NaN, numbers.mean());
    assertEquals(Double.NaN, numbers.maximum());
    assertEquals(Double.NaN, numbers.deviation());
  }
}
