package org.shardmean.jobs;

import java.util.List;

/**
 * A setting as people give it: {@code --epochs 5} on the command line, {@code epochs = 5} in a
 * properties file.
 *
 * @param name without dashes
 * @param label what stands for its value in help; empty for a flag
 * @param reader makes its value
 * @param help lines that say what it does
 * @param <T> its value
 */
record Setting<T>(String name, String label, ValueReader<T> reader, List<String> help) {
  Setting {
    help = List.copyOf(help);
  }

  static <T> Setting<T> of(String name, String label, ValueReader<T> reader, String... help) {
    return new Setting<>(name, label, reader, List.of(help));
  }

  /** One that is on when it is named. */
  static Setting<Boolean> flag(String name, String... help) {
    return new Setting<>(name, "", ValueReader.flag(), List.of(help));
  }

  /** One whose value is a constant of an enum; help names them all. */
  static <E extends Enum<E>> Setting<E> oneOf(
      String name, String label, Class<E> type, String help) {
    return of(
        name, label, ValueReader.oneOf(type), help + ": " + ValueReader.allWritten(type) + ".");
  }

  boolean isFlag() {
    return label.isEmpty();
  }

  /** As on the command line. */
  String option() {
    return "--" + name;
  }
}
