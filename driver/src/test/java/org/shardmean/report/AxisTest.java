package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Property
  void holdsItsValuesBetweenRoundNumbers(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double b) {
    Assume.that(Math.abs(a - b) > 1e-6);
    double lowest = Math.min(a, b);
    double highest = Math.max(a, b);
    Axis axis = Axis.covering(lowest, highest);
    double slack = 1e-9 * (axis.to() - axis.from());

    assertTrue(axis.from() <= lowest + slack && axis.to() >= highest - slack, axis.toString());
    assertTrue(axis.to() - axis.from() <= (highest - lowest) + 2 * axis.step() + slack);
    int ticks = axis.ticks().size();
    assertTrue(ticks >= 3 && ticks <= 8, ticks + " ticks");
    assertEquals(0, axis.share(axis.from()), 1e-12);
    assertEquals(1, axis.share(axis.to()), 1e-12);
  }

  @Property
  void everyEpochHasAPlaceAndTicksAreWhole(@ForAll @IntRange(min = 1, max = 5_000) int epochs) {
    Axis axis = Axis.ofEpochs(epochs);

    assertTrue(axis.share(1) >= 0 && axis.share(epochs) <= 1);
    assertTrue(axis.ticks().stream().allMatch(tick -> tick == Math.rint(tick)));
    assertTrue(axis.ticks().size() <= 8, axis.ticks().toString());
  }

  @Property
  void sharesEndAtOne(
      @ForAll @DoubleRange(min = 0, max = 1) double a,
      @ForAll @DoubleRange(min = 0, max = 1) double b) {
    Axis axis = Axis.ofShares(Math.min(a, b), Math.max(Math.max(a, b), Math.min(a, b) + 0.001));

    assertTrue(axis.to() <= 1 + 1e-9, axis.toString());
    assertTrue(axis.share(Math.min(a, b)) >= -1e-9 && axis.share(Math.max(a, b)) <= 1 + 1e-9);
    assertTrue(axis.ticks().size() >= 2, axis.toString());
  }

  @Test
  void oneValueHasAnAxisToo() {
    assertTrue(Axis.covering(0.3, 0.3).share(0.3) >= 0);
    assertTrue(Axis.covering(0, 0).to() > 0);
    assertEquals(0.5, Axis.ofEpochs(1).share(1));
  }

  @Test
  void ticksAreRound() {
    assertEquals(List.of(0.0, 0.1, 0.2, 0.30000000000000004, 0.4), Axis.covering(0, 0.4).ticks());
    assertEquals(1, Axis.covering(0, 0.4).decimals());
    assertEquals(2, Axis.covering(0.92, 1).decimals());
    assertEquals(0, Axis.covering(0, 40_000).decimals());
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0, 5.0), Axis.ofEpochs(5).ticks());
    assertEquals(List.of(5.0, 10.0, 15.0, 20.0), Axis.ofEpochs(20).ticks());
  }
}
