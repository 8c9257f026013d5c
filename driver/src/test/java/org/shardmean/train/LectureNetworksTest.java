package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

/**
 * The networks that the lectures compute by hand, forward through the real engines.
 *
 * <p>An engine ends in a softmax and takes bytes, so each network here is fitted in between: inputs
 * come as bytes and their weights are 255 times the lecture's, and the lecture's output {@code y}
 * is the first of two sums before the softmax, the other being 0, so that {@code y = ln(p0 / p1)}.
 */
class LectureNetworksTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void reluIsZeroBelowZeroAndTheIdentityAbove(EngineKind engine) {
    // Inputs: the positive part, and the negative part, which counts negative.
    Net net = new Net(engine, "2-1-2").weights(0, 0, 1, -1).weights(1, 0, 1);
    int[] expected = {0, 0, 0, 1, 2};
    for (int x = -2; x <= 2; x++) {
      assertEquals(expected[x + 2], net.output(Math.max(x, 0), Math.max(-x, 0)), TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void theNeuronThatAlmostOrs(EngineKind engine) {
    Net net = new Net(engine, "2-1-2").weights(0, 0, 1, 1).bias(0, 0, -0.5f).weights(1, 0, 1);
    assertEquals(0, net.output(0, 0), TOLERANCE);
    assertEquals(0.5, net.output(0, 1), TOLERANCE);
    assertEquals(0.5, net.output(1, 0), TOLERANCE);
    assertEquals(1.5, net.output(1, 1), TOLERANCE);
  }

  /** n1 = relu(x1 + x2), n2 = relu(x1 + x2 - 1), n3 = relu(-n1 + 2 n2 + 1): equality. */
  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void theThreeNeuronsThatTellWhetherInputsAreEqual(EngineKind engine) {
    Net net =
        new Net(engine, "2-2-1-2")
            .weights(0, 0, 1, 1)
            .weights(0, 1, 1, 1)
            .bias(0, 1, -1)
            .weights(1, 0, -1, 2)
            .bias(1, 0, 1)
            .weights(2, 0, 1);
    assertEquals(1, net.output(0, 0), TOLERANCE);
    assertEquals(0, net.output(0, 1), TOLERANCE);
    assertEquals(0, net.output(1, 0), TOLERANCE);
    assertEquals(1, net.output(1, 1), TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void aNeuronThatOneInputHoldsDown(EngineKind engine) {
    Net net = new Net(engine, "2-1-2").weights(0, 0, 4, -2).weights(1, 0, 1);
    int[] expected = {12, 10, 8, 6, 4, 2, 0, 0, 0};
    for (int x2 = 0; x2 <= 8; x2++) {
      assertEquals(expected[x2], net.output(3, x2), 1e-3, "x2 = " + x2);
    }
  }

  /** A network whose weights are written down one by one. */
  private static final class Net {
    private final EngineKind engine;
    private final ModelSpec spec;
    private final ParameterLayout layout;
    private final float[] parameters;

    Net(EngineKind engine, String layers) {
      this.engine = engine;
      this.spec = ModelSpec.parse(layers, Activation.RELU);
      this.layout = new ParameterLayout(spec);
      this.parameters = new float[layout.size()];
    }

    /** The weights into unit {@code to} of {@code layer}, one from each input. */
    Net weights(int layer, int to, float... weights) {
      for (int from = 0; from < weights.length; from++) {
        parameters[layout.weight(layer, from, to)] = weights[from] * (layer == 0 ? 255 : 1);
      }
      return this;
    }

    Net bias(int layer, int to, float bias) {
      parameters[layout.biases(layer) + to] = bias;
      return this;
    }

    double output(int... inputs) {
      byte[] pixels = new byte[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        pixels[i] = (byte) inputs[i];
      }
      ImageSet one = ImageSet.of(1, inputs.length, 2, pixels, new byte[] {0});
      Batch batch = new Batch(1, inputs.length);
      batch.fill(one, new int[] {0}, 0, 1);
      LocalSettings settings = LocalSettings.of(engine, Optimizer.SGD, LearningRate.constant(1), 1);
      float[] probabilities = new float[2];
      try (Engine net = settings.engine().create(spec, settings)) {
        net.load(new TrainingState(parameters, new float[0], 0));
        net.predict(batch, probabilities);
      }
      return Math.log(probabilities[0] / (double) probabilities[1]);
    }
  }
}
