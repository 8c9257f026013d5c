package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.Reliability;
import org.shardmean.run.Language;

class ReliabilityViewTest {
  private static final ReliabilityView VIEW =
      new ReliabilityView(
          Reliability.EMPTY.with(0.75f, true).with(0.75f, false).with(0.95f, true),
          Texts.of(Language.EN),
          new Figures(Locale.ENGLISH));

  @Test
  void onlyGroupsWithImagesAreShown() {
    assertEquals(2, VIEW.bins().size());
    assertEquals("70% to 80%", VIEW.range(VIEW.bins().get(0)));
    assertEquals("90% to 100%", VIEW.range(VIEW.bins().get(1)));
  }

  @Test
  void aPointStandsAtItsConfidenceAndAccuracyWithItsInterval() {
    Chart chart = VIEW.chart();
    Chart.Mark half = chart.marks().get(0);

    assertEquals(2, chart.marks().size());
    assertEquals(Chart.LEFT + 0.75 * (Chart.RIGHT - Chart.LEFT), half.x(), 0.1);
    assertEquals((Chart.TOP + Chart.BOTTOM) / 2, half.y(), 0.1);
    assertTrue(half.top() < half.y() && half.y() < half.bottom());
    assertEquals(
        List.of("Confidence 75.0%: accuracy 50.0%", "Confidence 95.0%: accuracy 100.0%"),
        chart.marks().stream().map(Chart.Mark::label).toList());
  }
}
