package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

class FusedEngineTest {
  private static final ModelSpec SPEC = ModelSpec.parse("20-12-8-5", Activation.RELU);
  private static final ImageSet DIGITS = TrainingExamples.digits(300, 20, 5, 1);
  private static final ImageSet FAINT = TrainingExamples.faintDigits(300, 20, 5, 2);
  private static final double RATE = 0.01;

  static LocalSettings settings(Optimizer optimizer, double weightDecay, double smoothing) {
    return new LocalSettings(
        EngineKind.FUSED, optimizer, LearningRate.constant(RATE), 16, weightDecay, smoothing, 0);
  }

  static Stream<Arguments> networks() {
    List<Arguments> all = new ArrayList<>();
    for (Optimizer optimizer : Optimizer.values()) {
      for (Activation activation : Activation.values()) {
        for (String layers : List.of("20-5", "20-12-8-5", "20-3-17-9-5")) {
          all.add(Arguments.of(optimizer, ModelSpec.parse(layers, activation), 0.0, 0.0));
        }
      }
      all.add(Arguments.of(optimizer, SPEC, 0.05, 0.0));
      all.add(Arguments.of(optimizer, SPEC, 0.0, 0.1));
      all.add(Arguments.of(optimizer, SPEC, 0.05, 0.1));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void endsWhereTheTextbookEnds(
      Optimizer optimizer, ModelSpec spec, double weightDecay, double smoothing) {
    LocalSettings settings = settings(optimizer, weightDecay, smoothing);
    TrainingState start = TrainingExamples.start(spec, optimizer);
    TextbookNetwork textbook = new TextbookNetwork(spec, settings, start);
    try (FusedEngine engine = new FusedEngine(spec, settings)) {
      engine.load(start);
      for (int step = 0; step < 40; step++) {
        // The first layer has a way of its own for batches that are mostly background.
        Batch batch = TrainingExamples.batch(step % 2 == 0 ? DIGITS : FAINT, 7 * step, 16);
        double rate = RATE * (1 + step % 3);
        double loss = textbook.reportedLoss(batch);
        textbook.step(batch, rate);
        assertEquals(loss, engine.step(batch, rate).lossSum(), 1e-4 * loss);
      }
      TrainingState end = engine.state();
      assertEquals(40, end.steps());
      assertEquals(
          0, TrainingExamples.relativeDistance(textbook.parameters, end.parameters()), 2e-6);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void descendsTheGradientThatFiniteDifferencesMeasure(Activation activation) {
    requireMeasuredGradient(activation, TrainingExamples.batch(DIGITS, 0, 16));
    requireMeasuredGradient(activation, TrainingExamples.batch(FAINT, 0, 16));
  }

  private static void requireMeasuredGradient(Activation activation, Batch batch) {
    ModelSpec spec = ModelSpec.parse("20-12-8-5", activation);
    LocalSettings settings = settings(Optimizer.SGD, 0, 0.1);
    TrainingState start = TrainingExamples.start(spec, Optimizer.SGD);
    float[] gradient = new float[spec.parameters()];
    try (Backpropagation network = new Backpropagation(spec, 0.1, 16)) {
      InputMajor order = new InputMajor(new ParameterLayout(spec));
      float[] parameters = new float[gradient.length];
      float[] transposed = new float[gradient.length];
      order.fromLayout(start.parameters(), 0, parameters);
      network.forward(parameters, batch);
      network.backward(batch, transposed);
      order.toLayout(transposed, gradient, 0);
    }
    TextbookNetwork textbook = new TextbookNetwork(spec, settings, start);
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(slope(textbook, batch, i), gradient[i], 1e-6, "parameter " + i);
    }
  }

  /** The central difference of the loss along parameter {@code i}. */
  private static double slope(TextbookNetwork textbook, Batch batch, int i) {
    double h = 1e-6;
    double at = textbook.parameters[i];
    textbook.parameters[i] = at + h;
    double above = textbook.objective(batch);
    textbook.parameters[i] = at - h;
    double below = textbook.objective(batch);
    textbook.parameters[i] = at;
    return (above - below) / (2 * h);
  }

  @Test
  void aShortBatchIsAsGoodAsAnEngineOfItsSize() {
    Batch full = TrainingExamples.batch(DIGITS, 0, 16);
    Batch roomy = new Batch(16, 20);
    roomy.fill(DIGITS, TrainingExamples.upTo(300), 0, 16);
    roomy.fill(DIGITS, TrainingExamples.upTo(300), 16, 5);
    Batch exact = TrainingExamples.batch(DIGITS, 16, 5);
    assertArrayEquals(trained(full, roomy), trained(full, exact));
  }

  private static float[] trained(Batch... batches) {
    return trained(Optimizer.ADAM, batches).parameters();
  }

  private static TrainingState trained(Optimizer optimizer, Batch... batches) {
    try (FusedEngine engine = new FusedEngine(SPEC, settings(optimizer, 0.01, 0.1))) {
      engine.load(TrainingExamples.start(SPEC, optimizer));
      for (Batch batch : batches) {
        engine.step(batch, RATE);
      }
      return engine.state();
    }
  }

  private static Batch[] batches(int count) {
    Batch[] batches = new Batch[count];
    for (int b = 0; b < count; b++) {
      batches[b] = TrainingExamples.batch(b % 3 == 1 ? FAINT : DIGITS, 5 * b, 16);
    }
    return batches;
  }

  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void aStateLoadedElsewhereGoesOnToTheSameBits(Optimizer optimizer) {
    Batch[] batches = batches(20);
    TrainingState uninterrupted = trained(optimizer, batches);
    TrainingState middle = trained(optimizer, Arrays.copyOf(batches, 9));
    try (FusedEngine engine = new FusedEngine(SPEC, settings(optimizer, 0.01, 0.1))) {
      engine.load(TrainingExamples.start(SPEC, optimizer));
      engine.step(batches[3], 1);
      engine.load(middle);
      for (int b = 9; b < 20; b++) {
        engine.step(batches[b], RATE);
      }
      assertSameBits(uninterrupted, engine.state());
    }
  }

  @Test
  void aStateIsACopy() {
    try (FusedEngine engine = new FusedEngine(SPEC, settings(Optimizer.ADAM, 0, 0))) {
      TrainingState start = TrainingExamples.start(SPEC, Optimizer.ADAM);
      float[] before = start.parameters().clone();
      engine.load(start);
      engine.step(batches(1)[0], RATE);
      assertArrayEquals(before, start.parameters());
      TrainingState state = engine.state();
      float[] then = state.parameters().clone();
      engine.step(batches(1)[0], RATE);
      assertArrayEquals(then, state.parameters());
    }
  }

  @Test
  void twoThreadsEndInTheBitsOfOne() throws Exception {
    Batch[] batches = batches(50);
    TrainingState alone = trained(Optimizer.ADAM, batches);
    Callable<TrainingState> task = () -> trained(Optimizer.ADAM, batches(50));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<TrainingState> beside : threads.invokeAll(List.of(task, task, task, task))) {
        assertSameBits(alone, beside.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static void assertSameBits(TrainingState expected, TrainingState actual) {
    assertArrayEquals(expected.parameters(), actual.parameters(), 0f);
    assertArrayEquals(expected.moments(), actual.moments(), 0f);
    assertEquals(expected.steps(), actual.steps());
  }

  @Test
  void predictsTheTextbooksProbabilitiesAndScoresThem() {
    TrainingState start = TrainingExamples.start(SPEC, Optimizer.SGD);
    LocalSettings settings = settings(Optimizer.SGD, 0, 0);
    TextbookNetwork textbook = new TextbookNetwork(SPEC, settings, start);
    Batch larger = TrainingExamples.batch(DIGITS, 0, 100);
    float[] probabilities = new float[100 * 5];
    try (FusedEngine engine = new FusedEngine(SPEC, settings)) {
      engine.load(start);
      engine.predict(larger, probabilities);
      for (int row = 0; row < 100; row++) {
        double[] expected = textbook.outputs(TextbookNetwork.example(larger, row))[3];
        for (int c = 0; c < 5; c++) {
          assertEquals(expected[c], probabilities[row * 5 + c], 1e-6);
        }
      }
      assertEquals(
          new SoftmaxOutput(5, 0).score(probabilities, larger),
          engine.step(larger, RATE),
          "the score is of the batch before the step");
    }
  }

  @Test
  void staysFiniteWhereExponentialsWouldNot() {
    float[] parameters = new float[SPEC.parameters()];
    Arrays.fill(parameters, 100);
    try (FusedEngine engine = new FusedEngine(SPEC, settings(Optimizer.SGD, 0, 0))) {
      engine.load(TrainingState.initial(parameters, Optimizer.SGD));
      TrainingScore score = engine.step(batches(1)[0], RATE);
      assertEquals(Math.log(5), score.loss(), 1e-5, "all classes are equally large");
      for (float parameter : engine.state().parameters()) {
        assertTrue(Float.isFinite(parameter));
      }
    }
  }

  @Test
  void aDivergedNetworkSaysSoInItsLoss() {
    float[] parameters = new float[SPEC.parameters()];
    Arrays.fill(parameters, Float.NaN);
    try (FusedEngine engine = new FusedEngine(SPEC, settings(Optimizer.ADAM, 0, 0))) {
      engine.load(TrainingState.initial(parameters, Optimizer.ADAM));
      assertTrue(Double.isNaN(engine.step(batches(1)[0], RATE).lossSum()));
    }
  }

  /** Without it, moments decay into numbers that take the processor a hundred times as long. */
  @ParameterizedTest
  @EnumSource(
      value = Optimizer.class,
      names = {"MOMENTUM", "ADAM"})
  void momentsOfSilentInputsNeverBecomeSubnormal(Optimizer optimizer) {
    ImageSet blank = ImageSet.of(1, 20, 5, new byte[20 * 16], new byte[16]);
    try (FusedEngine engine = new FusedEngine(SPEC, settings(optimizer, 0, 0))) {
      engine.load(TrainingExamples.start(SPEC, optimizer));
      engine.step(batches(1)[0], RATE);
      Batch nothing = TrainingExamples.batch(blank, 0, 16);
      for (int step = 0; step < 1200; step++) {
        engine.step(nothing, 0);
      }
      float[] moments = engine.state().moments();
      for (int weight = 0; weight < 20 * 12; weight++) {
        float size = Math.abs(moments[weight]);
        assertTrue(size == 0 || size > 1e6 * Float.MIN_NORMAL, "found " + size);
      }
    }
  }

  /** Whatever is compiled or not: 40 bytes are a score. */
  @Test
  void aStepAllocatesNothingButItsScore() {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] order = TrainingExamples.upTo(300);
    Batch batch = new Batch(16, 20);
    try (FusedEngine engine = new FusedEngine(SPEC, settings(Optimizer.ADAM, 0.01, 0.1))) {
      engine.load(TrainingExamples.start(SPEC, Optimizer.ADAM));
      for (int step = 0; step < 10; step++) {
        batch.fill(DIGITS, order, step, 16, 0.2, step);
        engine.step(batch, RATE);
      }
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < 100; step++) {
        batch.fill(DIGITS, order, step, 16, 0.2, step);
        engine.step(batch, RATE);
      }
      long allocated = thread.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated <= 100 * 40, allocated + " bytes in 100 steps");
    }
  }

  @Test
  void closingGivesNativeMemoryBackAtOnce() {
    long before = Pointer.totalBytes();
    FusedEngine engine = new FusedEngine(SPEC, settings(Optimizer.ADAM, 0, 0));
    engine.load(TrainingExamples.start(SPEC, Optimizer.ADAM));
    engine.predict(TrainingExamples.batch(DIGITS, 0, 64), new float[64 * 5]);
    assertTrue(Pointer.totalBytes() > before + 10_000);
    engine.close();
    // What JavaCPP itself keeps for a call until the next collection is a few bytes.
    assertTrue(Pointer.totalBytes() < before + 500);
    engine.close();
    Batch batch = TrainingExamples.batch(DIGITS, 0, 16);
    assertThrows(IllegalStateException.class, () -> engine.step(batch, RATE));
    assertThrows(IllegalStateException.class, () -> engine.predict(batch, new float[80]));
  }

  @Test
  void examplesOfAnotherSizeAreRefused() {
    Batch batch = TrainingExamples.batch(TrainingExamples.digits(4, 19, 5, 1), 0, 4);
    try (FusedEngine engine = new FusedEngine(SPEC, settings(Optimizer.SGD, 0, 0))) {
      engine.load(TrainingExamples.start(SPEC, Optimizer.SGD));
      Exception refused =
          assertThrows(IllegalArgumentException.class, () -> engine.step(batch, RATE));
      assertEquals(
          "examples must have 20 inputs, as the network, found 19; give layers that fit the data",
          refused.getMessage());
    }
  }
}
