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
    FirstLayer layer = FirstLayer.of(layout, parameters, 2, 2, 10);

    assertEquals(3, layer.units().size());
    assertArrayEquals(new float[] {4, 5, 6, 7}, layer.units().get(1));
    assertEquals(3, layer.images().size());
    assertEquals(2, FirstLayer.of(layout, parameters, 2, 2, 2).images().size());
  }

  /** Of 100 by 60 weights, blocks of three by three; the last row and column are of one. */
  @Test
  void largeImagesAreMeansOfBlocks() {
    ParameterLayout layout =
        new ParameterLayout(new ModelSpec(List.of(6_000, 1, 2), Activation.RELU));
    float[] parameters = new float[layout.size()];
    for (int row = 0; row < 100; row++) {
      for (int column = 0; column < 60; column++) {
        parameters[row * 60 + column] = row + 1_000 * column;
      }
    }
    FirstLayer layer = FirstLayer.of(layout, parameters, 100, 60, 1);

    assertEquals(34, layer.height());
    assertEquals(20, layer.width());
    assertEquals(1_001, layer.units().get(0)[0], 1e-3);
    assertEquals(4_001, layer.units().get(0)[1], 1e-3);
    assertEquals(1_099, layer.units().get(0)[33 * 20], 1e-3);
  }

  @Test
  void fewWeightsFarOutDoNotMakeTheOthersPale() {
    float[] weights = new float[1_000];
    IntStream.range(0, 1_000).forEach(i -> weights[i] = i % 2 == 0 ? 0.1f : -0.1f);
    weights[7] = -40;
    weights[8] = Float.NaN;

    assertEquals(0.1f, new FirstLayer(List.of(weights), 40, 25).limit());
  }

  @Test
  void hasALimitWhateverTheWeights() {
    assertEquals(Float.MIN_NORMAL, new FirstLayer(List.of(new float[4]), 2, 2).limit());
    assertEquals(1, new FirstLayer(List.of(new float[] {Float.NaN}), 1, 1).limit());
  }
}
