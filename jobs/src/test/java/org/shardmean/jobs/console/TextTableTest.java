package org.shardmean.jobs.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {
  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "'', 0",
    "損失, 4",
    "隠れ層 1, 8",
    "ﾃﾞ, 2",
    "（Ａ）, 6",
    "한국, 4",
    "e\u0301, 1",
    "× – ━, 5",
    "😀, 2",
    "\ud840\udc0b, 2"
  })
  void asianCharactersAreTwoColumnsWideAndMarksNone(String text, int columns) {
    assertEquals(columns, Columns.of(text));
    assertEquals(Math.max(7, columns), Columns.of(Columns.left(text, 7)));
    assertEquals(Math.max(7, columns), Columns.of(Columns.right(text, 7)));
  }

  @Test
  void columnsStandUnderEachOtherWhateverTheirLanguage() {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column("層", 0, -6),
                new TextTable.Column("パラメータ数", 2, 8),
                new TextTable.Column("n", 1, 3)));

    assertEquals("層      パラメータ数   n", table.head());
    assertEquals("出力層       109,386  12", table.row(List.of("出力層", "109,386", "12")));
    assertEquals("1                  2", table.row(List.of("1", "2", "")));
  }

  @Test
  void aRowHasACellForEachColumn() {
    TextTable table = new TextTable(List.of(new TextTable.Column("a", 0, 1)));

    assertThrows(IllegalArgumentException.class, () -> table.row(List.of("1", "2")));
  }
}
