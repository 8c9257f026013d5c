package org.shardmean.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSpecTest {

  /** The lectures' counts: (784 + 1) · 128 + (128 + 1) · 64 + (64 + 1) · 10, and so on. */
  @ParameterizedTest
  @CsvSource({"784-128-64-10,109386", "784-64-10,50890", "784-1000-10,795010"})
  void theLecturesNetworksHaveTheirNumbersOfParameters(String layers, int parameters) {
    ModelSpec spec = ModelSpec.parse(layers, Activation.RELU);
    assertEquals(parameters, spec.parameters());
    assertEquals(parameters, new ParameterLayout(spec).size());
    assertEquals(
        parameters,
        Dl4jNetworks.network(
                spec, new float[parameters], new org.nd4j.linalg.learning.config.Sgd(), 0)
            .numParams());
    assertEquals(layers, spec.written());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "784",
        "784--10",
        "784-0-10",
        "784-x-10",
        "",
        "-",
        "784-100000000-10",
        "99999999999-10",
        "2147483647-2147483647-2147483647"
      })
  void layersThatMakeNoNetworkAreRefusedWithAnExample(String layers) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> ModelSpec.parse(layers, Activation.RELU));
    assertTrue(refused.getMessage().startsWith("expected "), refused.getMessage());
  }

  @Test
  void initialParametersDependOnTheSeedAloneAndBiasesAreZero() {
    ModelSpec spec = ModelSpec.parse("784-128-64-10", Activation.RELU);
    float[] drawn = InitialParameters.draw(spec, 42);
    assertArrayEquals(drawn, InitialParameters.draw(spec, 42));
    assertFalse(Arrays.equals(drawn, InitialParameters.draw(spec, 43)));
    requireVariance(
        new ParameterLayout(spec),
        drawn,
        (layout, l) ->
            l < 2 ? 2.0 / layout.inputs(l) : 2.0 / (layout.inputs(l) + layout.outputs(l)));
  }

  /** Keras' GlorotUniform: within the root of 6 / (inputs + outputs). */
  @Test
  void glorotsWeightsDoNotDependOnTheActivation() {
    ModelSpec spec = ModelSpec.parse("784-128-64-10", Activation.RELU);
    float[] drawn = InitialParameters.draw(spec, InitialWeights.GLOROT, 42);
    requireVariance(
        new ParameterLayout(spec),
        drawn,
        (layout, l) -> 2.0 / (layout.inputs(l) + layout.outputs(l)));
    double limit = Math.sqrt(6.0 / (784 + 128));
    for (int i = 0; i < 784 * 128; i++) {
      assertTrue(Math.abs(drawn[i]) <= limit);
    }
  }

  private static void requireVariance(
      ParameterLayout layout,
      float[] drawn,
      ToDoubleBiFunction<ParameterLayout, Integer> variance) {
    for (int l = 0; l < layout.layers(); l++) {
      double squares = 0;
      for (int i = layout.weights(l); i < layout.biases(l); i++) {
        squares += (double) drawn[i] * drawn[i];
      }
      double found = squares / (layout.biases(l) - layout.weights(l));
      double expected = variance.applyAsDouble(layout, l);
      assertEquals(expected, found, 0.15 * expected);
      for (int o = 0; o < layout.outputs(l); o++) {
        assertEquals(0, drawn[layout.biases(l) + o]);
      }
    }
  }
}
