package org.shardmean.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of rows of a table that cannot be examples; Spark calls it {@code handleInvalid}.
 */
public enum InvalidRows {
  /** The table is refused, with the column and one of the rows. */
  ERROR,

  /**
   * They are left out. Where vectors or arrays have different lengths, the rows of the most
   * frequent length stay.
   */
  SKIP;

  /** As Spark writes it, such as {@code skip}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All of them, as Spark writes them. */
  public static List<String> allWritten() {
    return Arrays.stream(values()).map(InvalidRows::written).toList();
  }

  /**
   * Reads what {@link #written} wrote.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static InvalidRows read(String text) {
    return Arrays.stream(values())
        .filter(policy -> policy.written().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s for handle-invalid, found '%s'"
                        .formatted(String.join(", ", allWritten()), text)));
  }
}
