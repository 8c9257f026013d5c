package org.shardmean.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.jobs.command.CommandLineJobs;
import org.shardmean.jobs.command.ExitCode;

class ReportJobTest {
  @TempDir Path folder;

  @Test
  void aGridsFolderIsCalledOne() throws IOException {
    Files.writeString(folder.resolve("grid.properties"), "# a grid, started today\n");

    String error = refused();

    assertTrue(error.contains("expected the folder of a run, found that of a grid"), error);
    assertTrue(error.contains("one of the runs in " + folder + "/points"), error);
    assertEquals(1, error.lines().count(), error);
  }

  @Test
  void anEmptyFolderIsNoRunsThatEnded() {
    String error = refused();

    assertTrue(error.contains("expected a run that has ended, found no result.json"), error);
  }

  private String refused() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        new CommandLineJobs(
                List.of(new ReportJob()),
                Map.of(),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8))
            .run(List.of("report", folder.toString()));
    assertEquals(ExitCode.DATA, code);
    return err.toString(UTF_8);
  }
}
