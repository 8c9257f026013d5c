package org.shardmean.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.shardmean.wire.WireFormat;

class TrainingTimeTest {
  @Test
  void itIsTheStepsAndTheRounds() {
    TrainingTime time = new TrainingTime(1_000_000, 60_000, 3);

    double steps = 60_000 / 4.0 * 6e6 / (6e10 * 16 / 32);
    double rounds = 5 * (0.06 + 4 * 24e6 / 1e9);
    assertEquals(3 * (steps + rounds), time.seconds(4, 16, 5, WireFormat.FLOAT32), 1e-5);
    double third = 5 * (0.06 + 4 * 7e6 / 1e9);
    assertEquals(3 * (steps + third), time.seconds(4, 16, 5, WireFormat.INT8), 0.02);
  }

  @Test
  void theFewestOfTheFastestWorkersAreTaken() {
    double[] seconds = {9, 5, 3, 3, 4};

    Derived<Integer> workers = TrainingTime.fastestWorkers(5, k -> seconds[k - 1], "5 task slots");

    assertEquals(3, workers.value());
    assertEquals(
        "5 task slots, but more workers would not be faster: by the preset's constants 3"
            + " workers about 3.0 s and 5 about 4.0 s; --workers overrides",
        workers.reason());
  }

  /** Where both times are written alike, none is said to be longer. */
  @Test
  void aTieIsNotCalledSlower() {
    assertEquals(
        "2 task slots, but more workers would not be faster: by the preset's constants 1 worker"
            + " about 0.7 s and 2 about 0.7 s; --workers overrides",
        TrainingTime.fastestWorkers(2, k -> 0.7, "2 task slots").reason());
  }

  @Test
  void whereAllSlotsPayTheReasonIsTheirOrigin() {
    assertEquals(
        new Derived<>(4, "2 executors of 2 cores"),
        TrainingTime.fastestWorkers(4, k -> 1.0 / k, "2 executors of 2 cores"));
  }

  @Property
  void noNumberOfWorkersIsFaster(
      @ForAll @IntRange(min = 1, max = 200) int most,
      @ForAll @IntRange(min = 10, max = 3_000_000) int parameters,
      @ForAll @IntRange(min = 1_000, max = 10_000_000) int images) {
    TrainingTime time = new TrainingTime(parameters, images, 5);

    int workers =
        TrainingTime.fastestWorkers(most, k -> time.seconds(k, 32, k, WireFormat.INT8), "").value();

    for (int other = 1; other <= most; other++) {
      assertTrue(
          time.seconds(workers, 32, workers, WireFormat.INT8)
              <= time.seconds(other, 32, other, WireFormat.INT8));
    }
  }

  @Test
  void nothingToTrainIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TrainingTime(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new TrainingTime(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new TrainingTime(1, 1, 0));
  }
}
