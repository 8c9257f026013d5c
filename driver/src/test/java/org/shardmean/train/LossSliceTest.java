package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.LossSlice.Place;

class LossSliceTest {
  private static final double EXACT = 1e-9;
  private static final ModelSpec SPEC = ModelSpec.parse("20-12-5", Activation.RELU);
  private static final ImageSet EXAMPLES = TrainingExamples.digits(60, 20, 5, 1);

  /** {@code (t - 2)² + 1}: from 0 a rate of 2 ends at the bottom. */
  private static LossSlice parabola() {
    return new LossSlice(
        100,
        -0.5,
        4,
        IntStream.rangeClosed(0, 18)
            .mapToObj(p -> (p * 0.25 - 2.5) * (p * 0.25 - 2.5) + 1)
            .toList());
  }

  @Test
  void theCurveRunsThroughTheLosses() {
    LossSlice slice = parabola();

    for (Place place : slice.places()) {
      assertEquals(place.loss(), slice.lossAt(place.at()), EXACT);
    }
    assertEquals(1.01, slice.lossAt(2.1), EXACT);
    assertEquals(-4, slice.slopeAt(0), EXACT);
    assertEquals(0.2, slice.slopeAt(2.1), EXACT);
  }

  /** A rate is half of it the way to the bottom: what is left is divided by a step's share. */
  @Test
  void aStepIsAsLongAsTheRateAndTheSlopeSay() {
    List<Place> descent = parabola().descent(1);

    assertEquals(9, descent.size());
    for (int step = 0; step < 9; step++) {
      assertEquals(2 - 2 * Math.pow(0.5, step), descent.get(step).at(), EXACT);
    }
  }

  @Test
  void theThreeRatesDoWhatTheyAreCalled() {
    LossSlice slice = parabola();

    assertTrue(lastLoss(slice, slice.right()) < 1.001);
    assertTrue(lastLoss(slice, slice.tooSmall()) > 2);
    assertEquals(5, slice.descent(slice.tooLarge()).get(1).loss(), EXACT);
  }

  private static double lastLoss(LossSlice slice, double rate) {
    List<Place> descent = slice.descent(rate);
    return descent.get(descent.size() - 1).loss();
  }

  @Test
  void aDescentThatLeavesTheSliceEndsThere() {
    List<Place> descent = parabola().descent(5);

    assertEquals(1, descent.size());
    assertFalse(parabola().stays(descent));
    assertTrue(parabola().stays(parabola().descent(1)));
  }

  @Test
  void theLossesAreThoseOfTheNetwork() {
    float[] start = TrainingExamples.start(SPEC, Optimizer.SGD).parameters();

    LossSlice slice = LossSlice.of(SPEC, EXAMPLES, start).orElseThrow();

    LocalSettings settings =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(1), 60);
    try (LocalScorer scorer = new LocalScorer(SPEC, settings)) {
      scorer.load(start);
      assertEquals(scorer.score(EXAMPLES).loss(), slice.lossAt(0), EXACT);
    }
    try (FusedEngine engine = new FusedEngine(SPEC, settings);
        LocalScorer scorer = new LocalScorer(SPEC, settings)) {
      engine.load(TrainingState.initial(start, Optimizer.SGD));
      engine.step(TrainingExamples.batch(EXAMPLES, 0, 60), slice.right());
      scorer.load(engine.state().parameters());
      assertEquals(
          scorer.score(EXAMPLES).loss(),
          slice.descent(slice.right()).get(1).loss(),
          0.01,
          "one step of plain gradient descent");
    }
    assertTrue(slice.losses().get(slice.losses().size() - 1) >= slice.lossAt(0));
    assertTrue(lastLoss(slice, slice.right()) < lastLoss(slice, slice.tooSmall()));
  }

  @Test
  void aNetworkThatIsNotFiniteHasNoSlice() {
    float[] start = TrainingExamples.start(SPEC, Optimizer.SGD).parameters();
    start[3] = Float.NaN;

    assertTrue(LossSlice.of(SPEC, EXAMPLES, start).isEmpty());
  }

  @Test
  void whatIsNoSliceIsRefused() {
    List<Double> five = List.of(5.0, 4.0, 3.0, 4.0, 5.0);

    assertThrows(IllegalArgumentException.class, () -> new LossSlice(0, -1, 3, five));
    assertThrows(IllegalArgumentException.class, () -> new LossSlice(1, 1, 3, five));
    assertThrows(IllegalArgumentException.class, () -> new LossSlice(1, -1, Double.NaN, five));
    assertThrows(IllegalArgumentException.class, () -> new LossSlice(1, -1, 3, five.subList(0, 4)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LossSlice(1, -1, 3, List.of(5.0, 4.0, Double.NaN, 4.0, 5.0)));
  }
}
