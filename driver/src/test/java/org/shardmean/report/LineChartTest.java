package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static final LineChart.Words WORDS =
      new LineChart.Words(
          "id", "title", "description", "epoch", (epoch, line, value) -> epoch + line + value);

  @Test
  void putsValuesWhereTheyBelong() {
    LineChart chart = chart(0, 0.5, 1);

    List<LineChart.Dot> dots = chart.lines().get(0).dots();
    assertEquals(
        List.of(
            new LineChart.Dot(LineChart.LEFT, LineChart.BOTTOM, "1a0.0"),
            new LineChart.Dot(
                (LineChart.LEFT + LineChart.RIGHT) / 2,
                (LineChart.TOP + LineChart.BOTTOM) / 2,
                "2a0.5"),
            new LineChart.Dot(LineChart.RIGHT, LineChart.TOP, "3a1.0")),
        dots);
    assertEquals("M52.0 198.0L220.0 105.0L388.0 12.0", chart.lines().get(0).path());
    assertEquals(List.of("1", "2", "3"), labels(chart.epochTicks()));
  }

  @Test
  void breaksTheLineWhereAValueIsNotFinite() {
    LineChart chart = chart(0, Double.NaN, 1, Double.POSITIVE_INFINITY, 0, 1);

    assertEquals(4, chart.lines().get(0).dots().size());
    assertEquals(
        List.of("M", "M", "M", "L"),
        chart
            .lines()
            .get(0)
            .path()
            .chars()
            .filter(Character::isLetter)
            .mapToObj(Character::toString)
            .toList());
  }

  @Test
  void oneEpochIsADotInTheMiddle() {
    LineChart chart = chart(0.5);

    assertEquals(220, chart.lines().get(0).dots().get(0).x());
    assertEquals(List.of("1"), labels(chart.epochTicks()));
  }

  @Test
  void nothingFiniteIsNoLine() {
    LineChart chart = chart(Double.NaN, Double.NaN);

    assertTrue(chart.lines().get(0).dots().isEmpty());
    assertEquals("", chart.lines().get(0).path());
  }

  @Test
  void marksAreSmallerWhereThereAreMany() {
    assertEquals(4, chart(new double[30]).markSize());
    assertEquals(2, chart(new double[60]).markSize());
    assertEquals(1, chart(new double[1_000]).markSize());
  }

  private static LineChart chart(double... values) {
    return LineChart.of(
        WORDS,
        new Axis(0, 1, 0.5),
        List.of(new LineChart.Series("a", "training", values)),
        String::valueOf,
        String::valueOf);
  }

  private static List<String> labels(List<LineChart.Tick> ticks) {
    return ticks.stream().map(LineChart.Tick::label).toList();
  }
}
