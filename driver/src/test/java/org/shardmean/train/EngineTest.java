package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;

/** What every engine promises. */
class EngineTest {
  private static final ModelSpec SPEC = ModelSpec.parse("20-12-5", Activation.RELU);
  private static final ImageSet IMAGES = TrainingExamples.digits(100, 20, 5, 1);

  static Stream<Arguments> enginesAndOptimizers() {
    List<Arguments> all = new ArrayList<>();
    for (EngineKind engine : EngineKind.values()) {
      for (Optimizer optimizer : Optimizer.values()) {
        all.add(Arguments.of(engine, optimizer));
      }
    }
    return all.stream();
  }

  private static Engine engine(EngineKind kind, Optimizer optimizer) {
    return kind.create(SPEC, LocalSettings.of(kind, optimizer, LearningRate.constant(0.01), 16));
  }

  /** Also when the engine has trained before, with moments that must be forgotten. */
  @ParameterizedTest
  @MethodSource("enginesAndOptimizers")
  void aStateWithoutMomentsPredictsAndTrainsFromMomentsOfZero(
      EngineKind kind, Optimizer optimizer) {
    TrainingState start = TrainingExamples.start(SPEC, optimizer);
    TrainingState bare = new TrainingState(start.parameters(), new float[0], 0);
    try (Engine fresh = engine(kind, optimizer);
        Engine used = engine(kind, optimizer)) {
      fresh.load(start);
      used.load(start);
      used.step(TrainingExamples.batch(IMAGES, 40, 16), 0.01);
      used.load(bare);
      assertArrayEquals(predicted(fresh), predicted(used));
      fresh.step(TrainingExamples.batch(IMAGES, 0, 16), 0.01);
      used.step(TrainingExamples.batch(IMAGES, 0, 16), 0.01);
      assertArrayEquals(fresh.state().parameters(), used.state().parameters());
      assertArrayEquals(fresh.state().moments(), used.state().moments());
    }
  }

  private static float[] predicted(Engine engine) {
    float[] probabilities = new float[16 * 5];
    engine.predict(TrainingExamples.batch(IMAGES, 16, 16), probabilities);
    return probabilities;
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void aStateThatDoesNotFitIsRefused(EngineKind kind) {
    int parameters = SPEC.parameters();
    try (Engine engine = engine(kind, Optimizer.ADAM)) {
      TrainingState momentum = new TrainingState(new float[parameters], new float[parameters], 1);
      assertEquals(
          "moments for ADAM must be 634 floats or none, found 317; load a state of the same"
              + " optimizer",
          assertThrows(IllegalArgumentException.class, () -> engine.load(momentum)).getMessage());
      TrainingState larger = TrainingState.initial(new float[parameters + 1], Optimizer.ADAM);
      assertEquals(
          "the network has 317 parameters, found a state of 318; load a state of the same layers",
          assertThrows(IllegalArgumentException.class, () -> engine.load(larger)).getMessage());
    }
  }

  /** As ND4J does, when another thread of the JVM starts it in the middle of a round. */
  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void threadsThatOthersGiveToOpenBlasAreTakenBackBeforeEveryStep(EngineKind kind)
      throws InterruptedException {
    assumeTrue(Loader.getPlatform().equals("linux-x86_64"), "JNA asks the library by its file");
    try (Engine engine = engine(kind, Optimizer.ADAM)) {
      engine.load(TrainingExamples.start(SPEC, Optimizer.ADAM));
      giveTwoThreads();
      engine.step(TrainingExamples.batch(IMAGES, 0, 16), 0.01);
      assertEquals(1, threads());
      giveTwoThreads();
      predicted(engine);
      assertEquals(1, threads());
    }
  }

  private static void giveTwoThreads() throws InterruptedException {
    Thread other = new Thread(() -> openblas.blas_set_num_threads(2));
    other.start();
    other.join();
    assertEquals(2, threads());
  }

  /** As OpenBLAS itself says; JavaCPP would repeat what it was last told. */
  private static int threads() {
    return NativeLibrary.getInstance(Loader.load(openblas.class))
        .getFunction("openblas_get_num_threads")
        .invokeInt(new Object[0]);
  }
}
