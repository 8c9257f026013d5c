package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;

/** What is shown of a run while it trains; the time is this test's. */
class RunProgressTest {
  private static final RunRecord RUN = SampleRuns.fiveEpochs();
  private static final long MILLISECOND = 1_000_000;

  @TempDir Path folder;

  private final AtomicLong clock = new AtomicLong();

  @Test
  void aShortTrainingIsNotDisturbed() throws IOException {
    RunProgress progress = shown(Runnable::run);
    for (int millisecond = 0; millisecond < 3000; millisecond += 10) {
      clock.set(millisecond * MILLISECOND);
      progress.passed(SampleRuns.after(1, 2));
    }

    assertEquals(List.of(), files());
  }

  @Test
  void figuresComeFirstAndTheReportAfterAnEpoch() throws IOException {
    RunProgress progress = shown(Runnable::run);
    clock.set(3000 * MILLISECOND);
    progress.passed(SampleRuns.after(0, 3));
    assertEquals(List.of("progress.json"), files());
    clock.set(19_000 * MILLISECOND);
    progress.passed(SampleRuns.after(1, 4));
    clock.set(90_000 * MILLISECOND);
    progress.passed(SampleRuns.after(0, 4));
    assertEquals(List.of("progress.json"), files());

    progress.passed(SampleRuns.after(2, 1));

    assertEquals(List.of("progress.json", "report.html"), files());
    String report = Files.readString(folder.resolve("report.html"));
    assertTrue(report.contains("This run is not finished"), "it says so");
    assertTrue(report.contains("2 of 5 epochs"), "it says how far");
  }

  @Test
  void theFiguresAreThoseOfTheEpochsAndRounds() throws IOException {
    RunProgress progress = shown(Runnable::run);
    clock.set(3500 * MILLISECOND);
    progress.passed(SampleRuns.after(2, 3));

    JsonNode root = new ObjectMapper().readTree(folder.resolve("progress.json").toFile());

    assertEquals(5, root.at("/epochs").asInt());
    assertEquals(3, root.at("/epoch").asInt());
    assertEquals(3, root.at("/round").asInt());
    assertEquals(4, root.at("/roundsPerEpoch").asInt());
    assertEquals(2, root.at("/ended").size());
    EpochRecord second = RUN.epochs().get(1);
    assertEquals(second.validation().loss(), root.at("/ended/1/validationLoss").asDouble());
    assertEquals(11, root.at("/rounds").size());
    assertEquals(2.75, root.at("/rounds/10/0").asDouble());
  }

  @Test
  void oneIsWrittenAtATime() throws IOException {
    RunProgress progress = shown(work -> {}); // It never comes to it.
    clock.set(60_000 * MILLISECOND);
    progress.passed(SampleRuns.after(1, 1));
    progress.passed(SampleRuns.after(1, 2));

    assertEquals(List.of(), files());
    progress.close();
  }

  @Test
  void whatCannotBeWrittenIsLeftOut() throws IOException {
    RunProgress progress = shown(Runnable::run);
    Files.delete(folder);
    Files.writeString(folder, "in its place");
    clock.set(60_000 * MILLISECOND);

    progress.passed(SampleRuns.after(1, 1));
    progress.passed(SampleRuns.after(1, 2));

    assertEquals("in its place", Files.readString(folder));
    Files.delete(folder);
    Files.createDirectory(folder);
    progress.passed(SampleRuns.after(1, 3));
    assertFalse(Files.exists(folder.resolve("report.html")), "it is not tried again");
  }

  private RunProgress shown(Executor background) {
    RunDirectory directory = RunDirectory.take(new Configuration(), folder.toString());
    return new RunProgress(
        directory,
        directory,
        RUN.config(),
        RUN.reasons(),
        RUN.data(),
        RUN.environment(),
        background,
        clock::get);
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
