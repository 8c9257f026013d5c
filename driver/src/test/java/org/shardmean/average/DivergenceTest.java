package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.TrainingState;

class DivergenceTest {

  @Test
  void aLossWorseThanGuessingIsNoDivergenceYet() {
    assertEquals(Optional.empty(), Divergence.in(List.of(worker(1, 3), worker(1, 9)), 10));
  }

  @Test
  void anExplodedLossNamesTheWorker() {
    assertEquals(
        Optional.of("worker 1: expected a loss of at most 9.2, found 9.5"),
        Divergence.in(List.of(worker(1, 0.1), worker(1, 9.5)), 10)
            .map(told -> told.replace("9.500", "9.5")));
  }

  @Test
  void aLossThatIsNoNumberNamesTheWorker() {
    assertEquals(
        Optional.of("worker 0: expected a loss of at most 9.2, found NaN"),
        Divergence.in(List.of(worker(1, Double.NaN), worker(1, 0.1)), 10));
  }

  @Test
  void parametersThatAreNoNumbersNameTheWorker() {
    String told = "worker 1: expected finite parameters, found NaN or infinity";
    assertEquals(Optional.of(told), Divergence.in(List.of(worker(1, 1), worker(Float.NaN, 1)), 10));
    assertEquals(
        Optional.of(told),
        Divergence.in(List.of(worker(1, 1), worker(Float.NEGATIVE_INFINITY, 1)), 10));
  }

  @Test
  void oneParameterThatIsNoNumberIsFoundWhereverItStands() {
    for (int at = 0; at < 7; at++) {
      float[] parameters = {1, -2, 3, 4, Float.MAX_VALUE, 0, 7};
      assertEquals(Optional.empty(), Divergence.in(List.of(worker(parameters, 1)), 10));
      parameters[at] = Float.POSITIVE_INFINITY;
      String told = "worker 0: expected finite parameters, found NaN or infinity";
      assertEquals(Optional.of(told), Divergence.in(List.of(worker(parameters, 1)), 10));
    }
  }

  private static LocalResult worker(float parameter, double loss) {
    return worker(new float[] {0, parameter, 2}, loss);
  }

  private static LocalResult worker(float[] parameters, double loss) {
    return new LocalResult(
        new TrainingState(parameters, new float[0], 1), new TrainingScore(10, 10 * loss, 5), 1, 0);
  }
}
