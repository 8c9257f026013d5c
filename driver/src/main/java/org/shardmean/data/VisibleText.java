package org.shardmean.data;

/**
 * Text from outside, such as a run's name, made safe to stand in a line of a page or a message.
 * What would be invisible there, or would turn the direction of what follows (UTS #36, section
 * 3.2), is shown by its code point: {@code ⟨U+202E⟩}. HTML's own characters are the templates'
 * business.
 */
public final class VisibleText {
  private VisibleText() {}

  public static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (isInvisible(point)) {
                visible.append("⟨U+%04X⟩".formatted(point));
              } else {
                visible.appendCodePoint(point);
              }
            });
    return visible.toString();
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Among the format characters, those that join letters and emoji are innocent.
      case Character.FORMAT -> point != 0x200C && point != 0x200D;
      default -> false;
    };
  }
}
