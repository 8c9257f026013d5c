package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private final Figures english = new Figures(Locale.ENGLISH);
  private final Figures german = new Figures(Locale.GERMAN);

  @Test
  void writesCounts() {
    assertEquals("109,386", english.count(109_386));
    assertEquals("109.386", german.count(109_386));
    assertEquals("103,547", english.rounded(103_546.51));
  }

  @Test
  void writesShares() {
    assertEquals("97.61%", english.percent(0.9761));
    assertEquals("97,61\u00a0%", german.percent(0.9761));
    assertEquals("4%", english.percent(0.0449, 0));
  }

  @Test
  void writesLosses() {
    assertEquals("0.0813", english.loss(0.08125));
    assertEquals("1.23e+15", english.loss(1.234e15));
    assertEquals("NaN", english.loss(Double.NaN));
    assertEquals("∞", english.loss(Double.POSITIVE_INFINITY));
    assertEquals("−∞", english.loss(Double.NEGATIVE_INFINITY));
  }

  @Test
  void whatRoundsToZeroHasNoSign() {
    assertEquals("0.0000", english.decimal(-0.00001, 4));
    assertEquals("-0.0001", english.decimal(-0.00006, 4));
    assertEquals("0", english.decimal(-0.5, 0));
  }

  @Test
  void writesAllTheDigitsThatThereAre() {
    assertEquals("0.0063", english.exact(0.0063));
    assertEquals("0,0063", new Figures(Locale.GERMAN).exact(0.0063));
    assertEquals("0.00001", english.exact(1e-5));
    assertEquals("∞", english.exact(Double.POSITIVE_INFINITY));
  }

  @Test
  void writesSeconds() {
    assertEquals("0.034\u00a0s", english.seconds(0.0342));
    assertEquals("3.42\u00a0s", english.seconds(3.4199));
    assertEquals("3,600.0\u00a0s", english.seconds(3600));
  }

  @Test
  void writesBytes() {
    assertEquals("0\u00a0B", english.bytes(0));
    assertEquals("1,023\u00a0B", english.bytes(1023));
    assertEquals("427.3\u00a0KiB", english.bytes(4 * 109_386));
    assertEquals("8,192.0\u00a0TiB", english.bytes(Math.pow(2, 53)));
  }

  @Test
  void writesADashForWhatIsNotDefined() {
    assertEquals("–", english.measured(Double.NaN, 2));
    assertEquals("0.35", english.measured(0.351, 2));
  }
}
