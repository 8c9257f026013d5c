package org.shardmean.run;

import java.util.Locale;

/** Sentences and lines for the console and for files: the same in every locale. */
public final class Sentence {
  private Sentence() {}

  /** Fills in {@code pattern} as {@link String#format(Locale, String, Object...)} does. */
  public static String of(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** {@code 1 worker}, {@code 2 workers}, {@code 1,000 workers}. */
  public static String counted(long count, String what) {
    return of("%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  /** A change of a share, in points with its sign: {@code +0.12}; {@code +0.00}, never -0.00. */
  public static String points(double change) {
    return of("%+.2f", Math.round(change * 1e4) / 1e2);
  }
}
