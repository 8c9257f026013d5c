package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFieldTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "07.png", "a folder/7 - 1.png", "größe", "数字.png", "s3a://b/x_1"})
  void aNameStandsAsItIs(String name) {
    assertEquals(name, CsvField.of(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=1+2|\"'=1+2\"",
        "+49|\"'+49\"",
        "-1.png|\"'-1.png\"",
        "@SUM(A1)|\"'@SUM(A1)\"",
        "＝1|\"'＝1\"",
        "a,b|\"a,b\"",
        "a;=1|\"a;=1\"",
        "say \"x\"|\"say \"\"x\"\"\""
      })
  void aFormulaStaysAText(String text, String field) {
    assertEquals(field, CsvField.of(text));
  }

  /** A line's end in front hid the formula from a regular expression once. */
  @Test
  void neitherDoLinesAndTabsHideAFormula() {
    assertEquals("\"'=1\n2\"", CsvField.of("=1\n2"));
    assertEquals("\"'\t=1\"", CsvField.of("\t=1"));
    assertEquals("\"'\r\n=1\"", CsvField.of("\r\n=1"));
  }

  @Property
  void anyTextReadsBackAndIsNoFormula(@ForAll String text) {
    String field = CsvField.of(text);
    boolean isQuoted = field.startsWith("\"");
    String read = isQuoted ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;

    assertEquals(text, read.startsWith("'") && !text.startsWith("'") ? read.substring(1) : read);
    assertFalse(read.matches("(?s)[=+\\-@\t\r\n].*"), field);
    assertFalse(!isQuoted && field.matches("(?s).*[\",;\t\r\n].*"), field);
  }
}
