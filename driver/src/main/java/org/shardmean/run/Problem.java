package org.shardmean.run;

import java.util.Objects;
import java.util.stream.Stream;
import org.shardmean.data.Redacted;
import org.shardmean.data.VisibleText;

/** What went wrong, in one line for a run's record. */
public final class Problem {
  private static final String OURS = "org.shardmean.";
  private static final int LONGEST = 1000;

  private Problem() {}

  /** The message of one of our own exceptions, wherever Spark has wrapped it; else of the root. */
  public static String of(Throwable thrown) {
    return shown(
        causes(thrown)
            .filter(cause -> cause.getClass().getName().startsWith(OURS))
            .findFirst()
            .map(Throwable::getMessage)
            .orElseGet(() -> root(thrown)));
  }

  /** Name and first line of what was at the root of it. */
  public static String root(Throwable thrown) {
    Throwable root = causes(thrown).reduce((first, second) -> second).orElse(thrown);
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return root.getClass().getSimpleName() + ": " + message;
  }

  private static String shown(String line) {
    String safe = VisibleText.of(Redacted.of(line));
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
  }

  /** It, what caused that, and so on to the root. */
  public static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
  }
}
