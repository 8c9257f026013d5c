package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shardmean.average.RoundSums.losing;
import static org.shardmean.average.RoundSums.worker;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shardmean.train.LocalResult;

class DivergenceTest {
  private static final Optional<String> NOT_FINITE =
      Optional.of("expected finite parameters and loss, found NaN or infinity");

  @Test
  void aLossWorseThanGuessingIsNoDivergenceYet() {
    assertEquals(
        Optional.empty(), judge(10, RoundSums.of(losing(500, 3.0, 1f), losing(500, 9.2, 1f))));
  }

  @Test
  void aMeanLossThatExplodedIsTold() {
    assertEquals(
        Optional.of("expected a mean loss of at most 9.2, found 9.500"),
        judge(10, RoundSums.of(losing(500, 9.0, 1f), losing(500, 10.0, 1f))));
  }

  /** It used to end the run: guessing one of two classes loses 0.69, and 4 times that is 2.8. */
  @Test
  void aBadBatchOfOneWorkerIsNoDivergence() {
    assertEquals(
        Optional.empty(), judge(2, RoundSums.of(losing(4, 11.5, 1f), losing(600, 0.3, 1f))));
  }

  @Test
  void norIsOneInARoundOfFewExamples() {
    Divergence divergence = new Divergence(Math.log(2));
    assertEquals(Optional.empty(), divergence.judge(RoundSums.of(losing(4, 11.5, 1f))));
    for (int round = 0; round < 200; round++) {
      assertEquals(Optional.empty(), divergence.judge(RoundSums.of(losing(4, 0.3, 1f))));
    }
  }

  @Test
  void smallRoundsThatGoOnBeingBadAreADivergence() {
    Divergence divergence = new Divergence(Math.log(2));
    Optional<String> problem = Optional.empty();
    for (int round = 0; round < 125; round++) {
      assertEquals(Optional.empty(), problem);
      problem = divergence.judge(RoundSums.of(losing(4, 11.5, 1f)));
    }
    assertEquals(Optional.of("expected a mean loss of at most 2.8, found 11.50"), problem);
  }

  @Test
  void aLossThatIsNoNumberInOneWorkerIsTold() {
    assertEquals(NOT_FINITE, judge(10, RoundSums.of(losing(1, Double.NaN, 1f), worker(1, 1f))));
  }

  @Test
  void oneParameterThatIsNotFiniteIsFoundInAnyWorkerAndWhereverItStands() {
    for (int workers = 1; workers <= 5; workers++) {
      for (int bad = 0; bad < workers; bad++) {
        for (int at = 0; at < 7; at++) {
          for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            LocalResult[] results = new LocalResult[workers];
            for (int worker = 0; worker < workers; worker++) {
              float[] parameters = {1, -2, 3, 4, 1e30f, 0, 7};
              if (worker == bad) {
                parameters[at] = value;
              }
              results[worker] = worker(worker + 1, parameters);
            }
            assertEquals(NOT_FINITE, judge(10, RoundSums.of(results)));
          }
        }
      }
    }
    assertEquals(Optional.empty(), judge(10, RoundSums.of(worker(1, 1, -2, 3, 4, 1e30f, 0, 7))));
  }

  private static Optional<String> judge(int classes, RoundSum round) {
    return new Divergence(Math.log(classes)).judge(round);
  }
}
