package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.WireFormat;

/** Against the formulas, computed by hand; all numbers are exact in binary. */
class OuterStepTest {

  @Test
  void theMeanAtRateOneIsTheMeanItself() {
    TrainingState mean = state(3, -1);
    assertSame(mean, step(OuterKind.MEAN, 1, 0).stepInPlace(state(1, 1), mean));
  }

  @Test
  void theMeanAtHalfTheRateGoesHalfWay() {
    assertArrayEquals(
        new float[] {2, 0},
        step(OuterKind.MEAN, 0.5, 0).stepInPlace(state(1, 1), state(3, -1)).parameters());
  }

  @Test
  void momentumCarriesTheLastDifferenceOn() {
    OuterStep outer = step(OuterKind.MOMENTUM, 1, 0.5);

    TrainingState first = outer.stepInPlace(state(0, 0), state(4, -2));
    assertArrayEquals(new float[] {4, -2}, first.parameters());

    // v = 0.5 (4, -2) + (1, 1) = (3, 0)
    TrainingState second = outer.stepInPlace(first, state(5, -1));
    assertArrayEquals(new float[] {7, -2}, second.parameters());
    assertArrayEquals(new float[] {3, 0}, outer.velocity());
  }

  @Test
  void nesterovLooksAhead() {
    OuterStep outer = step(OuterKind.NESTEROV, 1, 0.5);

    // v = (4, -2); 0.5 v + delta = (6, -3)
    TrainingState first = outer.stepInPlace(state(0, 0), state(4, -2));
    assertArrayEquals(new float[] {6, -3}, first.parameters());

    // delta = (1, 1); v = 0.5 (4, -2) + (1, 1) = (3, 0); 0.5 v + delta = (2.5, 1)
    TrainingState second = outer.stepInPlace(first, state(7, -2));
    assertArrayEquals(new float[] {8.5f, -2}, second.parameters());
  }

  @Test
  void theRateScalesTheStepAndNotTheVelocity() {
    OuterStep outer = step(OuterKind.NESTEROV, 0.5, 0.5);
    TrainingState next = outer.stepInPlace(state(0, 0), state(4, -2));
    assertArrayEquals(new float[] {3, -1.5f}, next.parameters());
    assertArrayEquals(new float[] {4, -2}, outer.velocity());
  }

  @Test
  void momentsAreTheMeansAndTheArgumentsStayAsTheyWere() {
    TrainingState current = state(0, 0);
    TrainingState mean = new TrainingState(new float[] {4, -2}, new float[] {7, 8}, 9);

    TrainingState next = step(OuterKind.NESTEROV, 1, 0.5).stepInPlace(current, mean);

    assertArrayEquals(new float[] {7, 8}, next.moments());
    assertArrayEquals(new float[] {0, 0}, current.parameters());
    assertArrayEquals(new float[] {4, -2}, mean.parameters());
  }

  private static OuterStep step(OuterKind kind, double rate, double momentum) {
    return new OuterStep(
        new AveragingSettings(
            2,
            1,
            kind,
            rate,
            momentum,
            MomentPolicy.AVERAGED,
            false,
            WireFormat.FLOAT32,
            SumPlace.AUTO),
        2);
  }

  private static TrainingState state(float... parameters) {
    return new TrainingState(parameters, new float[0], 0);
  }
}
