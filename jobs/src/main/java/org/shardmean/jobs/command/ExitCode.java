package org.shardmean.jobs.command;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** What a job's process ends with. Spark itself uses 11, 50 to 52, 101 and codes from 126. */
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "failed for another reason, such as a lost cluster or a full disk"),
  CONFIGURATION(2, "options or configuration that cannot be run"),
  DATA(3, "data or a model that cannot be used"),
  TRAINING(4, "training failed: the loss became NaN or exploded"),
  POINTS_FAILED(5, "points of a grid failed"),
  RIVALS_FAILED(6, "rivals of a comparison could not run; the rest is in its report"),
  DIFFERENT(7, "a model that was trained again has other parameters"),
  WORSE(10, "a grid got slower or less accurate than its baseline");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** All of them for help, and those of a process that a signal ended. */
  static Stream<String> lines() {
    return lines(List.of(values()));
  }

  /**
   * Those that a job may end with, likewise.
   *
   * @param own codes of the job beside those that any job may end with
   */
  static Stream<String> linesOfJob(Collection<ExitCode> own) {
    EnumSet<ExitCode> codes = EnumSet.range(DONE, DATA);
    codes.addAll(own);
    return lines(codes);
  }

  private static Stream<String> lines(Collection<ExitCode> codes) {
    return Stream.concat(
        codes.stream().map(code -> line(String.valueOf(code.number), code.meaning)),
        Stream.of(line("130, 143", "stopped by Ctrl-C or SIGTERM")));
  }

  private static String line(String numbers, String meaning) {
    return "  %-8s  %s".formatted(numbers, meaning);
  }
}
