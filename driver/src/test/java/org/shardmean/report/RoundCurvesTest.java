package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Language;

class RoundCurvesTest {
  @Test
  void everyRoundStandsAtItsShareOfTheRun() {
    List<EpochRecord> epochs = SampleRuns.fiveEpochs().epochs();
    Chart chart = of(epochs).loss();

    assertEquals(20, chart.marks().size());
    Chart.Mark seventh = chart.marks().get(6);
    double loss = epochs.get(1).rounds().get(2).score().loss();
    assertEquals(Chart.LEFT + 1.75 / 5 * (Chart.RIGHT - Chart.LEFT), seventh.x(), 0.06);
    assertEquals("Epoch 2, round 3: " + new Figures(Locale.ENGLISH).loss(loss), seventh.label());
    assertEquals(
        List.of("0", "1", "2", "3", "4", "5"),
        chart.acrossTicks().stream().map(Chart.Tick::label).toList());
  }

  @Test
  void workersThatMovedApartHaveAChartOfIt() {
    Chart chart = of(SampleRuns.fiveEpochs().epochs()).dispersion().orElseThrow();

    assertTrue(chart.marks().stream().allMatch(mark -> mark.y() < Chart.BOTTOM));
  }

  @Test
  void veryManyRoundsAreThinnedOutAndHaveNoMarks() {
    Chart chart = of(SampleRuns.completed("long", 10, 1_000).epochs()).loss();

    assertEquals(List.of(), chart.marks());
    long points = chart.paths().get(0).d().chars().filter(c -> c == 'L' || c == 'M').count();
    assertTrue(points > 300 && points <= 600, "points: " + points);
  }

  @Test
  void withoutRoundsThereIsNothingToShow() {
    assertFalse(of(List.of()).isFiner());
    assertTrue(of(List.of()).dispersion().isEmpty());
  }

  private static RoundCurves of(List<EpochRecord> epochs) {
    return new RoundCurves(epochs, true, Texts.of(Language.EN), new Figures(Locale.ENGLISH));
  }
}
