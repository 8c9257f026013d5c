package org.shardmean.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.shardmean.settings.GivenSettings;

/** Reads command lines as the jobs do. */
public final class CommandLines {
  private CommandLines() {}

  /** What {@code train} is given by these options and the defaults. */
  public static GivenSettings given(String... options) {
    Console console = Console.idle();
    ExitCode code =
        console.run(Stream.concat(Stream.of("train"), Stream.of(options)).toArray(String[]::new));
    assertEquals(List.of(), console.errors());
    assertEquals(ExitCode.DONE, code);
    return console.given();
  }
}
