package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
  /** Worked by hand: 0.9 and 0.9 with one correct, and 0.55 correct. */
  @Test
  void comparesConfidenceWithAccuracyBinByBin() {
    Reliability reliability =
        Reliability.EMPTY.with(0.95f, true).with(0.95f, false).with(0.55f, true);

    assertEquals(3, reliability.examples());
    assertEquals(2, reliability.bins().get(9).examples());
    assertEquals(0.95, reliability.bins().get(9).confidence(), 1e-6);
    assertEquals(0.5, reliability.bins().get(9).accuracy());
    assertEquals(1, reliability.bins().get(5).examples());
    assertEquals(2.45 / 3, reliability.confidence(), 1e-6);
    assertEquals(2.0 / 3, reliability.accuracy());
    assertEquals((2 * 0.45 + 0.45) / 3, reliability.expectedCalibrationError(), 1e-6);
  }

  @Test
  void fullConfidenceIsInTheLastBinAndNoNumberInTheFirst() {
    Reliability reliability =
        Reliability.EMPTY.with(1, true).with(Float.NaN, false).with(Float.POSITIVE_INFINITY, false);

    assertEquals(1, reliability.bins().get(9).examples());
    assertEquals(2, reliability.bins().get(0).examples());
    assertEquals(0, reliability.expectedCalibrationError());
  }

  @Test
  void withoutExamplesThereIsNoError() {
    assertTrue(Double.isNaN(Reliability.EMPTY.expectedCalibrationError()));
    assertThrows(IllegalArgumentException.class, () -> new Reliability(List.of()));
  }

  @Property
  void partsAddUp(@ForAll @Size(max = 30) List<@FloatRange(min = 0, max = 1) Float> confidences) {
    Reliability whole = Reliability.EMPTY;
    Reliability even = Reliability.EMPTY;
    Reliability odd = Reliability.EMPTY;
    for (int i = 0; i < confidences.size(); i++) {
      boolean isCorrect = confidences.get(i) > 0.4;
      whole = whole.with(confidences.get(i), isCorrect);
      if (i % 2 == 0) {
        even = even.with(confidences.get(i), isCorrect);
      } else {
        odd = odd.with(confidences.get(i), isCorrect);
      }
    }
    Reliability sum = even.plus(odd);

    for (int b = 0; b < Reliability.BINS; b++) {
      assertEquals(whole.bins().get(b).examples(), sum.bins().get(b).examples());
      assertEquals(whole.bins().get(b).correct(), sum.bins().get(b).correct());
      assertEquals(whole.bins().get(b).confidenceSum(), sum.bins().get(b).confidenceSum(), 1e-9);
    }
  }
}
