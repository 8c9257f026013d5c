package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.report.Chart.Look;
import org.shardmean.report.Chart.Scale;
import org.shardmean.report.Chart.Series;
import org.shardmean.report.Chart.Value;

class ChartTest {
  private static final double MIDDLE = (Chart.LEFT + Chart.RIGHT) / 2;

  @Test
  void putsValuesWhereTheyBelong() {
    Chart chart = overEpochs(0, 0.5, 1);

    double half = (Chart.TOP + Chart.BOTTOM) / 2;
    assertEquals(
        List.of(
            mark(Chart.LEFT, Chart.BOTTOM, "a 1.0 0.0"),
            mark(MIDDLE, half, "a 2.0 0.5"),
            mark(Chart.RIGHT, Chart.TOP, "a 3.0 1.0")),
        chart.marks());
    assertEquals(
        "M%s %sL%s %sL%s %s"
            .formatted(Chart.LEFT, Chart.BOTTOM, MIDDLE, half, Chart.RIGHT, Chart.TOP),
        chart.paths().get(0).d());
    assertEquals(List.of("1", "2", "3"), labels(chart.acrossTicks()));
    assertEquals(List.of("0.0", "0.5", "1.0"), labels(chart.valueTicks()));
  }

  @Test
  void breaksTheLineWhereAValueIsNotFinite() {
    Chart chart = overEpochs(0, Double.NaN, 1, Double.POSITIVE_INFINITY, 0, 1);

    assertEquals(4, chart.marks().size());
    assertEquals("MMML", chart.paths().get(0).d().replaceAll("[^A-Z]", ""));
  }

  @Test
  void oneEpochIsADotInTheMiddle() {
    Chart chart = overEpochs(0.5);

    assertEquals(MIDDLE, chart.marks().get(0).x());
    assertEquals(List.of("1"), labels(chart.acrossTicks()));
  }

  @Test
  void nothingFiniteIsNoLine() {
    Chart chart = overEpochs(Double.NaN, Double.NaN);

    assertEquals(List.of(), chart.marks());
    assertEquals("", chart.paths().get(0).d());
  }

  @Test
  void marksAreSmallerWhereThereAreMany() {
    assertEquals(4, overEpochs(new double[30]).markSize());
    assertEquals(2, overEpochs(new double[60]).markSize());
    assertEquals(1, overEpochs(new double[1_000]).markSize());
  }

  @Test
  void aBandGoesAlongItsUpperEdgeAndBackAlongItsLowerOne() {
    Chart chart =
        over(
            List.of(1.0, 2.0),
            new Series(
                "b", "band", Look.BAND, List.of(new Value(1, 0.5, 0, 1), new Value(2, 0.5, 0, 1))));

    assertEquals(
        "M%1$s %3$sL%2$s %3$sL%2$s %4$sL%1$s %4$sZ"
            .formatted(Chart.LEFT, Chart.RIGHT, Chart.TOP, Chart.BOTTOM),
        chart.paths().get(0).d());
    assertEquals(List.of(), chart.marks());
  }

  @Test
  void aSpreadReachesFromItsLowestToItsHighestValue() {
    Chart.Mark mark =
        over(
                List.of(1.0, 8.0),
                new Series("s", "s", Look.SQUARES, List.of(new Value(8, 0.5, 0, 1))))
            .marks()
            .get(0);

    assertEquals(Chart.TOP, mark.top());
    assertEquals(Chart.BOTTOM, mark.bottom());
    assertTrue(mark.isSquare());
  }

  @Test
  void whatLiesBeyondTheAxisIsDrawnAtItsEdge() {
    Chart chart = overEpochs(0, 1e9);

    assertTrue(chart.marks().get(1).y() >= 0, chart.marks().toString());
  }

  @Test
  void ticksThatWouldOverlapHaveNoLabel() {
    List<Double> levels = List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0);

    assertEquals(
        List.of("1", "16", "32", "64", "128"),
        labels(over(levels, new Series("s", "s", Look.LINE, List.of())).acrossTicks()));
  }

  @Test
  void oneLevelStandsInTheMiddle() {
    Chart chart = over(List.of(4.0), new Series("s", "s", Look.DOTS, List.of(Value.at(4, 0.5))));

    assertEquals(MIDDLE, chart.marks().get(0).x());
  }

  @Test
  void withoutADescriptionEveryMarkIsListed() {
    assertEquals("a 1.0 0.0; a 2.0 1.0", overEpochs(0, 1).description());
  }

  private static Chart.Mark mark(double x, double y, String label) {
    return new Chart.Mark(x, y, y, y, "training", false, label);
  }

  private static Chart overEpochs(double... values) {
    List<Value> series = new ArrayList<>();
    for (int epoch = 1; epoch <= values.length; epoch++) {
      series.add(Value.at(epoch, values[epoch - 1]));
    }
    return of(Scale.ofEpochs(values.length), new Series("a", "training", Look.DOTS, series));
  }

  private static Chart over(List<Double> levels, Series series) {
    return of(Scale.ofNumbers(levels, levels.get(levels.size() - 1)), series);
  }

  private static Chart of(Scale across, Series series) {
    return Chart.of(
        new Chart.Words(
            "id",
            "title",
            "",
            "across",
            (one, value) -> one.name() + " " + value.x() + " " + value.y()),
        across,
        Scale.of(new Axis(0, 1, 0.5), String::valueOf),
        List.of(series));
  }

  private static List<String> labels(List<Chart.Tick> ticks) {
    return ticks.stream().map(Chart.Tick::label).toList();
  }
}
