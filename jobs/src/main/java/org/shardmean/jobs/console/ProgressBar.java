package org.shardmean.jobs.console;

import java.nio.charset.Charset;

/**
 * A bar that fills up.
 *
 * @param done what the part that is done is drawn with
 * @param open what the rest is drawn with
 */
public record ProgressBar(char done, char open) {
  private static final int WIDTH = 20;
  private static final ProgressBar LINES = new ProgressBar('\u2501', '\u2500');
  private static final ProgressBar ASCII = new ProgressBar('=', '.');

  /** With lines where the charset has them. */
  public static ProgressBar forCharset(Charset charset) {
    return charset.newEncoder().canEncode(LINES.done) ? LINES : ASCII;
  }

  /** As full as {@code part} is of {@code whole}. */
  public String drawn(int part, int whole) {
    int filled = (int) ((long) WIDTH * part / whole);
    return String.valueOf(done).repeat(filled) + String.valueOf(open).repeat(WIDTH - filled);
  }
}
