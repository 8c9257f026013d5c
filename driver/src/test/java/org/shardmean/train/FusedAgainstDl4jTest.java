package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;

/** The fused engine takes DL4J's steps: from the same start, on the same batches. */
class FusedAgainstDl4jTest {
  private static final int STEPS = 100;
  private static final int BATCH = 32;
  private static final ImageSet DIGITS = TrainingExamples.digits(600, 98, 10, 1);
  private static final ImageSet FAINT = TrainingExamples.faintDigits(600, 98, 10, 2);
  private static final ImageSet FAINT_FULL_SIZE = TrainingExamples.faintDigits(600, 784, 10, 2);
  private static final ImageSet FULL_SIZE = TrainingExamples.digits(600, 784, 10, 1);

  static Stream<Arguments> networks() {
    List<Arguments> all = new ArrayList<>();
    for (Optimizer optimizer : Optimizer.values()) {
      for (Activation activation : Activation.values()) {
        all.add(Arguments.of(optimizer, ModelSpec.parse("98-48-32-10", activation), 0.0, 0.0));
      }
      all.add(Arguments.of(optimizer, ModelSpec.parse("98-10", Activation.RELU), 0.0, 0.0));
      ModelSpec lecture = ModelSpec.parse("784-128-64-10", Activation.RELU);
      all.add(Arguments.of(optimizer, lecture, 0.0, 0.0));
      ModelSpec deep = ModelSpec.parse("98-40-30-20-10", Activation.RELU);
      all.add(Arguments.of(optimizer, deep, 0.0, 0.0));
      all.add(Arguments.of(optimizer, deep, 0.1, 0.0));
      all.add(Arguments.of(optimizer, deep, 0.0, 0.1));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void endsWhereDl4jEnds(
      Optimizer optimizer, ModelSpec spec, double weightDecay, double labelSmoothing) {
    LocalSettings settings =
        new LocalSettings(
            EngineKind.FUSED,
            optimizer,
            LearningRate.constant(1e-3),
            BATCH,
            weightDecay,
            labelSmoothing,
            0);
    TrainingState start = TrainingExamples.start(spec, optimizer);
    ImageSet digits = spec.inputs() == 784 ? FULL_SIZE : DIGITS;
    ImageSet faint = spec.inputs() == 784 ? FAINT_FULL_SIZE : FAINT;
    try (Engine fused = new FusedEngine(spec, settings);
        Engine dl4j = new Dl4jEngine(spec, settings)) {
      fused.load(start);
      dl4j.load(start);
      for (int step = 0; step < STEPS; step++) {
        // Every tenth batch is short, as an epoch's last one.
        ImageSet images = step % 3 == 0 ? digits : faint;
        Batch batch = TrainingExamples.batch(images, 5 * step, step % 10 == 9 ? 13 : BATCH);
        TrainingScore expected = dl4j.step(batch, 1e-3);
        TrainingScore actual = fused.step(batch, 1e-3);
        assertEquals(expected.lossSum(), actual.lossSum(), 1e-4 * expected.lossSum());
        assertEquals(expected.examples(), actual.examples());
      }
      assertClose(dl4j.state().parameters(), fused.state().parameters());
      assertClose(dl4j.state().moments(), fused.state().moments());
      assertSamePredictions(TrainingExamples.batch(digits, 500, BATCH), dl4j, fused);
    }
  }

  private static void assertClose(float[] expected, float[] actual) {
    if (expected.length > 0) {
      double[] wide = new double[expected.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = expected[i];
      }
      assertEquals(0, TrainingExamples.relativeDistance(wide, actual), 1e-5);
    }
  }

  private static void assertSamePredictions(Batch batch, Engine expected, Engine actual) {
    float[] before = new float[BATCH * 10];
    float[] after = new float[BATCH * 10];
    expected.predict(batch, before);
    actual.predict(batch, after);
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i], after[i], 1e-5);
    }
  }
}
