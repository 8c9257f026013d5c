package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.ParameterLayout;

/** Outputs other than the softmax, and their losses: as DL4J and the textbook have them. */
class OutputsTest {
  private static final int BATCH = 16;
  private static final double RATE = 0.01;
  private static final ImageSet DIGITS = TrainingExamples.digits(300, 20, 5, 1);
  private static final ImageSet FAINT = TrainingExamples.faintDigits(300, 20, 5, 2);

  static Stream<Arguments> autoencoders() {
    List<Arguments> all = new ArrayList<>();
    for (Output output : List.of(Output.IDENTITY, Output.SIGMOID, Output.SIGMOID_SQUARED)) {
      for (Optimizer optimizer : Optimizer.values()) {
        all.add(Arguments.of(optimizer, spec("20-20", Activation.RELU, output), 0.0));
        for (Activation hidden : Activation.values()) {
          all.add(Arguments.of(optimizer, spec("20-7-3-20", hidden, output), 0.0));
        }
        all.add(Arguments.of(optimizer, spec("20-7-20", Activation.TANH, output), 0.05));
      }
    }
    return all.stream();
  }

  private static ModelSpec spec(String layers, Activation hidden, Output output) {
    return ModelSpec.parse(layers, hidden).withOutput(output);
  }

  private static LocalSettings settings(Optimizer optimizer, double weightDecay) {
    return LocalSettings.of(EngineKind.FUSED, optimizer, LearningRate.constant(RATE), BATCH)
        .withWeightDecay(weightDecay);
  }

  /** Every other batch is mostly background, every tenth is short. */
  private static Batch batch(ModelSpec spec, int step) {
    ImageSet images = step % 2 == 0 ? DIGITS : FAINT;
    return TrainingExamples.batch(spec, images, 5 * step, step % 10 == 9 ? 7 : BATCH);
  }

  @ParameterizedTest
  @MethodSource("autoencoders")
  void bothEnginesEndWhereTheTextbookEnds(Optimizer optimizer, ModelSpec spec, double weightDecay) {
    LocalSettings settings = settings(optimizer, weightDecay);
    TrainingState start = TrainingExamples.start(spec, optimizer);
    TextbookNetwork textbook = new TextbookNetwork(spec, settings, start);
    try (Engine fused = new FusedEngine(spec, settings);
        Engine dl4j = new Dl4jEngine(spec, settings)) {
      fused.load(start);
      dl4j.load(start);
      for (int step = 0; step < 50; step++) {
        Batch batch = batch(spec, step);
        double loss = textbook.reportedLoss(batch);
        textbook.step(batch, RATE);
        assertEquals(loss, fused.step(batch, RATE).lossSum(), 1e-4 * loss);
        TrainingScore score = dl4j.step(batch, RATE);
        assertEquals(loss, score.lossSum(), 1e-4 * loss);
        assertEquals(new TrainingScore(batch.count(), score.lossSum(), 0), score);
      }
      assertClose(textbook, fused.state());
      assertClose(textbook, dl4j.state());
      assertSameOutputs(textbook, spec, fused);
      assertSameOutputs(textbook, spec, dl4j);
    }
  }

  private static void assertClose(TextbookNetwork textbook, TrainingState end) {
    double distance = TrainingExamples.relativeDistance(textbook.parameters, end.parameters());
    assertEquals(0, distance, 5e-6);
  }

  private static void assertSameOutputs(TextbookNetwork textbook, ModelSpec spec, Engine engine) {
    Batch batch = TrainingExamples.batch(spec, DIGITS, 100, 40);
    float[] found = new float[40 * 20];
    engine.predict(batch, found);
    for (int row = 0; row < 40; row++) {
      double[][] layers = textbook.outputs(TextbookNetwork.example(batch, row));
      double[] expected = layers[layers.length - 1];
      for (int c = 0; c < 20; c++) {
        assertEquals(expected[c], found[row * 20 + c], 1e-5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Output.class)
  void descendsTheGradientThatFiniteDifferencesMeasure(Output output) {
    ModelSpec spec = spec("20-7-20", Activation.TANH, output);
    TrainingState start = TrainingExamples.start(spec, Optimizer.SGD);
    Batch batch = batch(spec, 0);
    float[] gradient = new float[spec.parameters()];
    try (Backpropagation network = new Backpropagation(spec, 0, BATCH)) {
      InputMajor order = new InputMajor(new ParameterLayout(spec));
      float[] parameters = new float[gradient.length];
      float[] transposed = new float[gradient.length];
      order.fromLayout(start.parameters(), 0, parameters);
      network.forward(parameters, batch);
      network.backward(batch, transposed);
      order.toLayout(transposed, gradient, 0);
    }
    TextbookNetwork textbook = new TextbookNetwork(spec, settings(Optimizer.SGD, 0), start);
    for (int i = 0; i < gradient.length; i++) {
      double at = textbook.parameters[i];
      textbook.parameters[i] = at + 1e-5;
      double above = textbook.objective(batch);
      textbook.parameters[i] = at - 1e-5;
      double below = textbook.objective(batch);
      textbook.parameters[i] = at;
      assertEquals((above - below) / 2e-5, gradient[i], 1e-6, "parameter " + i);
    }
  }

  /** Also where the sigmoid's outputs are at their bounds. */
  @ParameterizedTest
  @EnumSource(Output.class)
  void lossAndStepStayFiniteFarOut(Output output) {
    ModelSpec spec = spec("20-20", Activation.RELU, output);
    float[] parameters = new float[spec.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i % 2 == 0 ? 100 : -100;
    }
    for (EngineKind kind : EngineKind.values()) {
      try (Engine engine = kind.create(spec, settings(Optimizer.ADAM, 0))) {
        engine.load(TrainingState.initial(parameters, Optimizer.ADAM));
        assertTrue(Double.isFinite(engine.step(batch(spec, 0), RATE).lossSum()));
        for (float parameter : engine.state().parameters()) {
          assertTrue(Float.isFinite(parameter));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Output.class)
  void aDivergedNetworkSaysSoInItsLoss(Output output) {
    ModelSpec spec = spec("20-20", Activation.RELU, output);
    float[] parameters = new float[spec.parameters()];
    Arrays.fill(parameters, Float.NaN);
    try (FusedEngine engine = new FusedEngine(spec, settings(Optimizer.ADAM, 0))) {
      engine.load(TrainingState.initial(parameters, Optimizer.ADAM));
      assertTrue(Double.isNaN(engine.step(batch(spec, 0), RATE).lossSum()));
    }
  }

  /** A denoising autoencoder sees pixels dropped and is asked for them all. */
  @Test
  void targetsAreTheImagesBeforeInputDropout() {
    ModelSpec spec = spec("20-7-20", Activation.RELU, Output.SIGMOID);
    Batch clean = new Batch(BATCH, spec);
    Batch noisy = new Batch(BATCH, spec);
    int[] order = TrainingExamples.upTo(DIGITS.count());
    clean.fill(DIGITS, order, 3, BATCH);
    noisy.fill(DIGITS, order, 3, BATCH, 0.5, 1);
    assertArrayEquals(clean.features(), clean.targets());
    assertArrayEquals(clean.targets(), noisy.targets());
    assertTrue(!Arrays.equals(noisy.features(), noisy.targets()), "pixels were dropped");
  }

  @Test
  void imagesAreNoTargetsOfAnotherSize() {
    ModelSpec spec = spec("20-7-19", Activation.RELU, Output.SIGMOID);
    assertEquals(
        "examples have 20 targets, or as many of their own inputs, found a network of 19 outputs",
        assertThrows(IllegalArgumentException.class, () -> batch(spec, 0)).getMessage());
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void labelsThatThereAreNotAreNotSmoothed(EngineKind kind) {
    ModelSpec spec = spec("20-7-20", Activation.RELU, Output.SIGMOID);
    LocalSettings smoothed = settings(Optimizer.SGD, 0).withLabelSmoothing(0.1);
    assertEquals(
        "label smoothing is for classes, expected 0 for an output of SIGMOID, found 0.1",
        assertThrows(IllegalArgumentException.class, () -> kind.create(spec, smoothed))
            .getMessage());
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void aScorersLossIsTheMeanOfWhatTheTextbookReports(EngineKind kind) {
    ModelSpec spec = spec("20-7-20", Activation.RELU, Output.SIGMOID);
    TrainingState start = TrainingExamples.start(spec, Optimizer.SGD);
    LocalSettings settings = settings(Optimizer.SGD, 0).withEngine(kind);
    double expected =
        new TextbookNetwork(spec, settings, start)
                .reportedLoss(TrainingExamples.batch(spec, DIGITS, 0, DIGITS.count()))
            / DIGITS.count();
    try (LocalScorer scorer = new LocalScorer(spec, settings)) {
      scorer.load(start.parameters());
      Score score = scorer.score(DIGITS);
      assertEquals(expected, score.loss(), 1e-5 * expected);
      assertEquals(DIGITS.count(), score.examples());
      assertEquals(-score.loss(), score.merit());
    }
  }
}
