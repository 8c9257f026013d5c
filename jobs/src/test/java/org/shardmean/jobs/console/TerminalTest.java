package org.shardmean.jobs.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;

class TerminalTest {
  private static final String ENCODING = "native.encoding";

  private String usual;

  @BeforeEach
  void speakUtf8() {
    usual = System.setProperty(ENCODING, "UTF-8");
  }

  @AfterEach
  void speakAsBefore() {
    System.setProperty(ENCODING, usual);
  }

  @Test
  void withoutTheLaunchersWordNothingIsAssumed() {
    Terminal terminal = Terminal.of(Map.of("COLORTERM", "truecolor"));

    assertFalse(terminal.live());
    assertFalse(terminal.images().colour());
    assertEquals(80, terminal.images().width());
  }

  @Test
  void colourNeedsALiveTerminalThatHasIt() {
    assertTrue(live("truecolor").images().colour());
    assertTrue(live("24bit").images().colour());
    assertFalse(live("256color").images().colour());
    assertFalse(Terminal.of(Map.of("SHARDMEAN_TERMINAL", "live")).images().colour());
  }

  @Test
  void colourNeedsAnEncodingWithBlockDrawing() {
    System.setProperty(ENCODING, "ISO-8859-1");

    assertTrue(live("truecolor").live());
    assertFalse(live("truecolor").images().colour());
  }

  @Test
  void isAsWideAsItsColumns() {
    assertEquals(132, Terminal.of(Map.of("COLUMNS", "132")).images().width());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "5", "-80", "wide", "123456"})
  void aWidthThatCannotBeIsTheUsualOne(String columns) {
    assertEquals(80, Terminal.of(Map.of("COLUMNS", columns)).images().width());
  }

  @Test
  void digitsStandAboveTheirLabels() {
    byte[] pixels = {0, (byte) 255, 0, (byte) 255};
    ClassifiedExample seven = new ClassifiedExample(0, 7, ClassifiedImage.unasked(pixels));

    assertEquals(" @\n7\n", Terminal.of(Map.of()).drawn(List.of(seven), 2, 2));
  }

  private static Terminal live(String colours) {
    return Terminal.of(Map.of("SHARDMEAN_TERMINAL", "live", "COLORTERM", colours));
  }
}
