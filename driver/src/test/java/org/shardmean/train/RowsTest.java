package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.data.Examples;
import org.shardmean.data.ImageSet;
import org.shardmean.data.RowSet;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;

/** Both engines train on rows of floats as on images: labels, targets, weights. */
class RowsTest {
  private static final int BATCH = 16;
  private static final double RATE = 0.01;

  static Stream<Arguments> tables() {
    List<Arguments> all = new ArrayList<>();
    for (Optimizer optimizer : Optimizer.values()) {
      for (boolean weighted : new boolean[] {false, true}) {
        all.add(table(optimizer, weighted, RowSet.Shape.labelled(11, 4), "11-9-4", Output.SOFTMAX));
        all.add(
            table(optimizer, weighted, RowSet.Shape.withTargets(11, 1), "11-9-1", Output.IDENTITY));
        all.add(
            table(optimizer, weighted, RowSet.Shape.withTargets(5, 3), "5-9-7-3", Output.IDENTITY));
        all.add(
            table(optimizer, weighted, RowSet.Shape.labelled(11, 1), "11-3-11", Output.IDENTITY));
      }
    }
    return all.stream();
  }

  private static Arguments table(
      Optimizer optimizer, boolean weighted, RowSet.Shape shape, String layers, Output output) {
    ModelSpec spec = ModelSpec.parse(layers, Activation.TANH).withOutput(output);
    return Arguments.of(optimizer, weighted ? shape.weighted() : shape, spec);
  }

  private static LocalSettings settings(Optimizer optimizer) {
    return LocalSettings.of(EngineKind.FUSED, optimizer, LearningRate.constant(RATE), BATCH);
  }

  private static Batch batch(ModelSpec spec, Examples examples, int from, int count) {
    Batch batch = new Batch(count, spec);
    batch.fill(examples, TrainingExamples.upTo(examples.count()), from, count);
    return batch;
  }

  @ParameterizedTest
  @MethodSource("tables")
  void bothEnginesEndWhereTheTextbookEnds(Optimizer optimizer, RowSet.Shape shape, ModelSpec spec) {
    RowSet rows = TrainingRows.draw(shape, 300, 1);
    LocalSettings settings = settings(optimizer);
    TrainingState start = TrainingExamples.start(spec, optimizer);
    TextbookNetwork textbook = new TextbookNetwork(spec, settings, start);
    try (Engine fused = new FusedEngine(spec, settings);
        Engine dl4j = new Dl4jEngine(spec, settings)) {
      fused.load(start);
      dl4j.load(start);
      for (int step = 0; step < 50; step++) {
        Batch batch = batch(spec, rows, 5 * step, step % 10 == 9 ? 7 : BATCH);
        assertEquals(shape.isWeighted(), batch.isWeighted());
        double loss = textbook.reportedLoss(batch);
        textbook.step(batch, RATE);
        assertEquals(loss, fused.step(batch, RATE).lossSum(), 1e-4 * loss);
        assertEquals(loss, dl4j.step(batch, RATE).lossSum(), 1e-4 * loss);
      }
      for (Engine engine : List.of(fused, dl4j)) {
        float[] end = engine.state().parameters();
        assertEquals(0, TrainingExamples.relativeDistance(textbook.parameters, end), 5e-6);
      }
    }
  }

  /** A byte is read as {@code pixel / 255}; rows of just these floats train to the same bits. */
  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void rowsOfAnImagesFloatsGiveTheImagesBits(EngineKind kind) {
    ModelSpec spec = ModelSpec.parse("98-16-10", Activation.RELU);
    LocalSettings settings = settings(Optimizer.ADAM).withEngine(kind);
    for (ImageSet images :
        List.of(
            TrainingExamples.digits(300, 98, 10, 1),
            TrainingExamples.faintDigits(300, 98, 10, 2))) {
      RowSet rows = TrainingRows.of(images);
      TrainingState start = TrainingExamples.start(spec, Optimizer.ADAM);
      try (LocalTrainer trainer = new LocalTrainer(spec, settings);
          LocalScorer scorer = new LocalScorer(spec, settings)) {
        RoundPlan plan = new RoundPlan(3, 1, 1, 1, 1);
        LocalResult ofImages = trainer.train(plan, 0, images, start);
        LocalResult ofRows = trainer.train(plan, 0, rows, start);
        assertArrayEquals(ofImages.state().parameters(), ofRows.state().parameters());
        assertEquals(ofImages.score(), ofRows.score());
        scorer.load(ofRows.state().parameters());
        assertEquals(scorer.score(images), scorer.score(rows));
      }
    }
  }

  @Test
  void aWeightOfTwoCountsAsTheRowTwiceAndOneOfZeroAsNone() {
    ModelSpec spec = ModelSpec.parse("2-3-1", Activation.TANH).withOutput(Output.IDENTITY);
    float[][] weighted = {{1, 2, 5, 2}, {-1, 0.5f, 3, 0}, {0, 1, -2, 1}};
    RowSet withWeights =
        RowSet.write(
            RowSet.Shape.withTargets(2, 1).weighted(),
            3,
            (i, row, at) -> {
              System.arraycopy(weighted[i], 0, row, at, 4);
              return 0;
            });
    RowSet repeated =
        RowSet.withTargets(new float[][] {{1, 2}, {1, 2}, {0, 1}}, new float[][] {{5}, {5}, {-2}});
    assertArrayEquals(stepped(spec, repeated), stepped(spec, withWeights), 1e-6f);
  }

  private static float[] stepped(ModelSpec spec, RowSet rows) {
    try (Engine engine = new FusedEngine(spec, settings(Optimizer.SGD))) {
      engine.load(TrainingExamples.start(spec, Optimizer.SGD));
      engine.step(batch(spec, rows, 0, rows.count()), 0.1);
      return engine.state().parameters();
    }
  }

  /** Rows that are mostly zero take the sparse way, as dark images do. */
  @Test
  void sparseRowsEndWhereTheTextbookEnds() {
    ModelSpec spec = ModelSpec.parse("40-9-2", Activation.RELU).withOutput(Output.IDENTITY);
    RowSet full = TrainingRows.draw(RowSet.Shape.withTargets(40, 2), 100, 1);
    RowSet sparse =
        RowSet.write(
            full.shape(),
            full.count(),
            (i, row, at) -> {
              full.copyFeatures(i, row, at);
              full.copyTargets(i, row, at + 40);
              for (int k = 0; k < 40; k++) {
                row[at + k] = (k + i) % 7 == 0 ? row[at + k] : 0;
              }
              return 0;
            });
    Batch first = batch(spec, sparse, 0, BATCH);
    assertTrue(new SparseBatch(BATCH, 40).read(first));
    assertFalse(new SparseBatch(BATCH, 40).read(batch(spec, full, 0, BATCH)));
    TrainingState start = TrainingExamples.start(spec, Optimizer.ADAM);
    TextbookNetwork textbook = new TextbookNetwork(spec, settings(Optimizer.ADAM), start);
    try (FusedEngine engine = new FusedEngine(spec, settings(Optimizer.ADAM))) {
      engine.load(start);
      for (int step = 0; step < 30; step++) {
        Batch batch = batch(spec, sparse, step, BATCH);
        textbook.step(batch, RATE);
        engine.step(batch, RATE);
      }
      float[] end = engine.state().parameters();
      assertEquals(0, TrainingExamples.relativeDistance(textbook.parameters, end), 5e-6);
    }
  }

  /**
   * Rows in the same block as full ones are held with their zeros, and alone without: the same
   * batches, and the same bits after each step.
   */
  @ParameterizedTest
  @MethodSource("tables")
  void rowsWithoutTheirZerosGiveTheBitsOfRowsWithThem(
      Optimizer optimizer, RowSet.Shape narrow, ModelSpec small) {
    int inputs = 41;
    RowSet.Shape shape =
        new RowSet.Shape(inputs, narrow.classes(), narrow.targets(), narrow.isWeighted());
    boolean isOwnTarget = !small.isClassifier() && narrow.targets() == 0;
    ModelSpec spec =
        ModelSpec.parse(inputs + "-9-" + (isOwnTarget ? inputs : small.outputs()), Activation.RELU)
            .withOutput(small.output());
    RowSet full = TrainingRows.draw(shape, 400, 1);
    RowSet withZeros =
        RowSet.write(
            shape,
            400,
            (i, row, at) -> {
              full.numbers().copyInto(i, 0, shape.floats(), row, at);
              for (int k = 0; i < 150 && k < inputs; k++) {
                row[at + k] *= (k + i) % 9 == 0 ? 1 : 0;
              }
              return full.label(i);
            });
    RowSet withoutZeros = withZeros.select(TrainingExamples.upTo(150));
    assertFalse(withZeros.numbers().isSparse(0));
    assertTrue(withoutZeros.numbers().isSparse(0));
    int[] order = TrainingExamples.upTo(150);
    for (double dropout : new double[] {0, 0.3}) {
      for (EngineKind kind : EngineKind.values()) {
        LocalSettings settings = settings(optimizer).withEngine(kind);
        try (Engine dense = kind.create(spec, settings);
            Engine sparse = kind.create(spec, settings)) {
          dense.load(TrainingExamples.start(spec, optimizer));
          sparse.load(TrainingExamples.start(spec, optimizer));
          Batch one = new Batch(BATCH, spec);
          Batch other = new Batch(BATCH, spec);
          for (int from = 0; from < 144; from += BATCH) {
            one.fill(withZeros, order, from, BATCH, dropout, from);
            other.fill(withoutZeros, order, from, BATCH, dropout, from);
            assertEquals(dense.step(one, RATE), sparse.step(other, RATE));
            assertArrayEquals(one.features(), other.features());
            assertArrayEquals(one.targets(), other.targets());
          }
          assertArrayEquals(dense.state().parameters(), sparse.state().parameters());
        }
      }
    }
  }

  @Test
  void inputDropoutKeepsTheMeanAndLeavesTargetsAlone() {
    ModelSpec spec = ModelSpec.parse("50-50", Activation.RELU).withOutput(Output.IDENTITY);
    RowSet ones =
        RowSet.write(
            RowSet.Shape.labelled(50, 1),
            400,
            (i, row, at) -> {
              java.util.Arrays.fill(row, at, at + 50, 1);
              return 0;
            });
    Batch batch = new Batch(400, spec);
    batch.fill(ones, TrainingExamples.upTo(400), 0, 400, 0.25, 9);
    double sum = 0;
    for (float feature : batch.features()) {
      assertTrue(feature == 0 || Math.abs(feature - 4 / 3f) < 1e-6, "found " + feature);
      sum += feature;
    }
    assertEquals(1, sum / 20_000, 0.02);
    for (float target : batch.targets()) {
      assertEquals(1, target);
    }
  }

  /** One batch may be filled with images, rows and images again. */
  @Test
  void aBatchForgetsWhatWasInIt() {
    ModelSpec spec = ModelSpec.parse("20-5", Activation.RELU);
    ImageSet images = TrainingExamples.digits(30, 20, 5, 1);
    RowSet rows = TrainingRows.draw(RowSet.Shape.labelled(20, 5).weighted(), 30, 2);
    Batch batch = new Batch(30, spec);
    int[] order = TrainingExamples.upTo(30);
    batch.fill(images, order, 0, 30);
    float[] before = batch.features().clone();
    batch.fill(rows, order, 0, 30);
    assertTrue(batch.isWeighted());
    assertEquals(rows.weight(7), batch.weights()[7]);
    batch.fill(images, order, 0, 30);
    assertFalse(batch.isWeighted());
    assertArrayEquals(before, batch.features());
  }

  @Test
  void targetsOfAnotherNumberAreRefused() {
    RowSet rows = TrainingRows.draw(RowSet.Shape.withTargets(4, 2), 5, 1);
    ModelSpec spec = ModelSpec.parse("4-3", Activation.RELU).withOutput(Output.IDENTITY);
    assertEquals(
        "examples have 2 targets, or as many of their own inputs, found a network of 3 outputs",
        assertThrows(IllegalArgumentException.class, () -> batch(spec, rows, 0, 5)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStepOnRowsAllocatesNothingButItsScore(boolean isSparse) {
    ModelSpec spec = ModelSpec.parse("20-7-2", Activation.RELU).withOutput(Output.IDENTITY);
    RowSet full = TrainingRows.draw(RowSet.Shape.withTargets(20, 2).weighted(), 300, 1);
    RowSet rows = isSparse ? withFeatures(full, 0, 1) : full;
    assertEquals(isSparse, rows.numbers().isSparse(0));
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] order = TrainingExamples.upTo(300);
    Batch batch = new Batch(16, spec);
    try (FusedEngine engine = new FusedEngine(spec, settings(Optimizer.ADAM))) {
      engine.load(TrainingExamples.start(spec, Optimizer.ADAM));
      TrainingScore last = TrainingScore.EMPTY;
      for (int step = 0; step < 10; step++) {
        batch.fill(rows, order, step, 16, 0.2, step);
        last = engine.step(batch, RATE);
      }
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < 100; step++) {
        batch.fill(rows, order, step, 16, 0.2, step);
        last = engine.step(batch, RATE);
      }
      long allocated = thread.getCurrentThreadAllocatedBytes() - before;
      assertEquals(16, last.examples());
      // A score is 40 bytes, and nothing that is made in every step is below 16.
      assertTrue(allocated < 100 * (40 + 16), allocated + " bytes in 100 steps");
    }
  }

  /** All other features are zeros. */
  private static RowSet withFeatures(RowSet rows, int from, int to) {
    return RowSet.write(
        rows.shape(),
        rows.count(),
        (i, row, at) -> {
          rows.numbers().copyInto(i, 0, rows.shape().floats(), row, at);
          for (int k = 0; k < rows.width(); k++) {
            row[at + k] *= k >= from && k <= to ? 1 : 0;
          }
          return rows.label(i);
        });
  }
}
