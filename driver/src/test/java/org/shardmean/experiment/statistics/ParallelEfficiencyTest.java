package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ParallelEfficiencyTest {
  /** By Amdahl's law the serial fraction that Karp and Flatt find is the one that was put in. */
  @Property
  void karpAndFlattFindAmdahlsSerialFraction(
      @ForAll @DoubleRange(min = 0, max = 0.9) double serial,
      @ForAll @IntRange(min = 2, max = 512) int p) {
    double speedup = 1 / (serial + (1 - serial) / p);

    assertEquals(serial, ParallelEfficiency.serialFraction(speedup, p), 1e-9);
  }

  @Test
  void theSerialFractionByHand() {
    // (1/1.95 - 1/2) / (1/2) and (1/7.74 - 1/8) / (7/8).
    assertEquals(0.0256, ParallelEfficiency.serialFraction(1.95, 2), 5e-4);
    assertEquals(0.0048, ParallelEfficiency.serialFraction(7.74, 8), 5e-4);
  }

  @Test
  void oneWorkerHasNoSerialFraction() {
    assertTrue(Double.isNaN(ParallelEfficiency.serialFraction(1, 1)));
  }

  @Test
  void efficiencyIsTheShareOfTheWorkersThatBecameSpeed() {
    assertEquals(
        0.9, ParallelEfficiency.efficiency(ParallelEfficiency.speedup(1000, 3600), 4), 1e-12);
  }
}
