package org.shardmean.experiment;

import java.util.Locale;
import org.shardmean.report.Texts;

/** What varies along a grid's curves. */
public enum Across {
  WORKERS,
  CORES;

  /** For programs: {@code workers} or {@code cores}. */
  String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Several of them, in words. */
  String several(Texts t) {
    return this == CORES ? t.text("said.severalCores") : t.text("said.severalWorkers");
  }

  /** So many of them: {@code 8 workers}. */
  String counted(Texts t, long count) {
    return this == CORES ? t.counted("said.cores", count) : t.counted("said.workers", count);
  }

  /** With so many of them: {@code with 8 workers}. */
  String with(Texts t, long count) {
    return this == CORES
        ? t.counted("said.withCores", count)
        : t.counted("said.withWorkers", count);
  }
}
