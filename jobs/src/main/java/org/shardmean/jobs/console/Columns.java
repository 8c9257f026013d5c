package org.shardmean.jobs.console;

import java.util.List;

/**
 * Text in columns of a terminal, where a Chinese or Japanese character is two columns wide and a
 * combining one none.
 */
public final class Columns {
  /** Blocks of Unicode's EastAsianWidth.txt that are wide or full-width: first and last. */
  private static final List<int[]> WIDE =
      List.of(
          new int[] {0x1100, 0x115F},
          new int[] {0x2E80, 0x303E},
          new int[] {0x3041, 0xA4CF},
          new int[] {0xA960, 0xA97F},
          new int[] {0xAC00, 0xD7A3},
          new int[] {0xF900, 0xFAFF},
          new int[] {0xFE30, 0xFE6F},
          new int[] {0xFF00, 0xFF60},
          new int[] {0xFFE0, 0xFFE6},
          new int[] {0x1F300, 0x1F64F},
          new int[] {0x1F900, 0x1F9FF},
          new int[] {0x20000, 0x3FFFD});

  private Columns() {}

  /** How many columns a text takes. */
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> WIDE.stream().anyMatch(b -> b[0] <= point && point <= b[1]) ? 2 : 1;
    };
  }

  /** A text, filled up with spaces behind it; as it is where it takes more than the width. */
  public static String left(String text, int width) {
    return text + spaces(width - of(text));
  }

  /** A text, filled up with spaces before it; as it is where it takes more than the width. */
  public static String right(String text, int width) {
    return spaces(width - of(text)) + text;
  }

  private static String spaces(int count) {
    return " ".repeat(Math.max(0, count));
  }
}
