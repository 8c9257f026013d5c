package org.shardmean.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Words of a command line that are no options. */
class OperandsTest {
  @Test
  void severalMayStandBetweenOptions() {
    Console console = Console.idle();

    ExitCode code = console.run("report", "runs/a, b", "--overwrite", "runs/none", "--out", "x");

    assertEquals(ExitCode.CONFIGURATION, code);
    assertEquals(1, console.errors().size(), console.errors().toString());
    assertTrue(
        console.errors().get(0).startsWith("error: runs/a, b: expected the directory of a run"),
        console.errors().get(0));
  }

  @Test
  void ofOneMoreIsAWordTooMany() {
    Console console = Console.idle();

    assertEquals(ExitCode.CONFIGURATION, console.run("grid", "one.properties", "two.properties"));
    assertEquals(
        List.of(
            "error: 'two.properties': expected an option, found a word; see deploy/submit grid --help"),
        console.errors());
  }

  @Test
  void aGridThatIsAcceptedIsNotRun() {
    Console console = Console.idle();

    ExitCode code = console.run("grid", "--accept", "2026-11-25T02:00:00Z", "my.properties");

    assertEquals(ExitCode.CONFIGURATION, code);
    assertEquals(
        List.of(
            "error: --accept: expected no grid's file beside it, since it runs nothing, found"
                + " my.properties; leave one of them out"),
        console.errors());
  }

  @Test
  void helpNamesThem() {
    Console console = Console.idle();

    assertEquals(ExitCode.DONE, console.run("report", "--help"));
    assertTrue(console.out().contains("[RUN...]"), console.out());
    assertTrue(console.out().startsWith("Usage: deploy/submit report"), console.out());
  }
}
