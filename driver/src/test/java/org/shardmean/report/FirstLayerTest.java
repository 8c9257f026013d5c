package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

class FirstLayerTest {
  @Test
  void takesTheWeightsIntoEachUnit() {
    ParameterLayout layout = new ParameterLayout(new ModelSpec(List.of(4, 3, 2), Activation.RELU));
    float[] parameters = new float[layout.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i;
    }
    List<float[]> units = FirstLayer.of(layout, parameters).units();

    assertEquals(3, units.size());
    assertArrayEquals(new float[] {4, 5, 6, 7}, units.get(1));
    assertEquals(2, FirstLayer.of(layout, parameters).images(2, 2, 2).size());
  }

  @Test
  void fewWeightsFarOutDoNotMakeTheOthersPale() {
    float[] weights = new float[1_000];
    IntStream.range(0, 1_000).forEach(i -> weights[i] = i % 2 == 0 ? 0.1f : -0.1f);
    weights[7] = -40;
    weights[8] = Float.NaN;

    assertEquals(0.1f, new FirstLayer(List.of(weights)).limit());
  }

  @Test
  void hasALimitWhateverTheWeights() {
    assertEquals(Float.MIN_NORMAL, new FirstLayer(List.of(new float[4])).limit());
    assertEquals(1, new FirstLayer(List.of(new float[] {Float.NaN})).limit());
  }
}
