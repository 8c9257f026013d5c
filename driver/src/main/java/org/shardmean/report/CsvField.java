package org.shardmean.report;

/**
 * A text as a field of a CSV file in the format of RFC 4180. A spreadsheet shall neither split it,
 * at whatever character it takes for a separator, nor take it for a formula: one that would begin a
 * formula gets an apostrophe in front (OWASP, "CSV Injection").
 */
public final class CsvField {
  /** The last four are the same characters in full width, which spreadsheets take for them. */
  private static final String BEGIN_A_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private CsvField() {}

  /** The field, in quotes where it needs them. */
  public static String of(String text) {
    boolean isFormula = !text.isEmpty() && BEGIN_A_FORMULA.indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    return safe.matches("[\\p{L}\\p{N}_.:/ -]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
