package org.shardmean.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final Configuration HADOOP = new Configuration();
  private static final ZonedDateTime TIME =
      ZonedDateTime.of(2026, 3, 1, 9, 5, 7, 0, ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void namesADirectoryByTimeAndName() {
    RunDirectory run = RunDirectory.createNamed(HADOOP, folder + "/runs", TIME, "lecture");

    assertEquals("file:" + folder + "/runs/2026-03-01-090507-lecture", run.toString());
    assertTrue(Files.isDirectory(folder.resolve("runs/2026-03-01-090507-lecture")));
  }

  @Test
  void keepsOfANameWhatAnyFileSystemHolds() {
    RunDirectory run = RunDirectory.createNamed(HADOOP, folder + "/runs", TIME, "../ü: <K=2>/x");

    assertEquals("2026-03-01-090507-..-K-2-x", run.path().getName());
    assertEquals(folder + "/runs", run.path().getParent().toUri().getPath());
  }

  @Test
  void namesADirectoryByTimeAloneWhenNothingIsLeftOfTheName() {
    assertEquals(
        "2026-03-01-090507",
        RunDirectory.createNamed(HADOOP, folder.toString(), TIME, "…").path().getName());
  }

  @Test
  void cutsALongName() {
    assertEquals(
        "2026-03-01-090507-" + "x".repeat(80),
        RunDirectory.createNamed(HADOOP, folder.toString(), TIME, "x".repeat(300))
            .path()
            .getName());
  }

  @Test
  void twoRunsOfOneSecondGetTwoDirectories() throws IOException {
    RunDirectory first = RunDirectory.createNamed(HADOOP, folder.toString(), TIME, "a");
    first.write(RunDirectory.RESULT, "{}");
    RunDirectory second = RunDirectory.createNamed(HADOOP, folder.toString(), TIME, "a");

    assertEquals("2026-03-01-090507-a-2", second.path().getName());
  }

  @Test
  void writesAndReadsBack() throws IOException {
    RunDirectory run = RunDirectory.create(HADOOP, out(), false);
    byte[] bytes = {0, 1, -1, 13, 10};
    run.write(RunDirectory.MODEL, bytes);
    run.write(RunDirectory.EPOCHS, "ü\n");

    assertArrayEquals(bytes, run.read(RunDirectory.MODEL));
    assertArrayEquals("ü\n".getBytes(StandardCharsets.UTF_8), run.read(RunDirectory.EPOCHS));
    assertEquals(List.of("epochs.csv", "model.zip"), filesIn(out()));
  }

  @Test
  void replacesAFileOfTheSameRun() throws IOException {
    RunDirectory run = RunDirectory.create(HADOOP, out(), false);
    run.write(RunDirectory.RESULT, "first, and longer");
    run.write(RunDirectory.RESULT, "second");

    assertEquals("second", Files.readString(Path.of(out(), "result.json")));
  }

  @Test
  void aFileThatFailsWhileBeingWrittenLeavesNothing() throws IOException {
    RunDirectory run = RunDirectory.create(HADOOP, out(), false);
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                run.write(
                    RunDirectory.MODEL,
                    stream -> {
                      stream.write(new byte[100_000]);
                      throw new IOException("the power went");
                    }));

    assertEquals("the power went", thrown.getMessage());
    assertEquals(List.of(), filesIn(out()));
  }

  @Test
  void aFileThatFailsWhileBeingWrittenLeavesTheOneBefore() throws IOException {
    RunDirectory run = RunDirectory.create(HADOOP, out(), false);
    run.write(RunDirectory.RESULT, "before");
    assertThrows(
        IllegalStateException.class,
        () ->
            run.write(
                RunDirectory.RESULT,
                stream -> {
                  stream.write(1);
                  throw new IllegalStateException("wrong");
                }));

    assertEquals("before", Files.readString(Path.of(out(), "result.json")));
    assertEquals(List.of("result.json"), filesIn(out()));
  }

  @Test
  void refusesADirectoryThatHoldsARun() throws IOException {
    RunDirectory.create(HADOOP, out(), false).write(RunDirectory.RESULT, "{}");
    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> RunDirectory.create(HADOOP, out(), false));

    assertEquals(
        List.of(
            "--out "
                + out()
                + ": expected a directory without a run, found result.json; replace that run with"
                + " --overwrite (in Java: saveOver), or give another --out"),
        thrown.problems());
    assertEquals("{}", Files.readString(Path.of(out(), "result.json")));
  }

  @Test
  void overwritesARunAndNothingElse() throws IOException {
    RunDirectory before = RunDirectory.create(HADOOP, out(), false);
    before.write(RunDirectory.RESULT, "{}");
    before.write(RunDirectory.MODEL, "old");
    Files.createDirectories(Path.of(out(), "checkpoints", "epoch-1"));
    Files.writeString(Path.of(out(), "notes.txt"), "mine");

    RunDirectory.create(HADOOP, out(), true);

    assertEquals(List.of("notes.txt"), filesIn(out()));
  }

  @Test
  void takesADirectoryThatHoldsNoRun() throws IOException {
    Files.createDirectories(Path.of(out()));
    Files.writeString(Path.of(out(), "notes.txt"), "mine");

    RunDirectory run = RunDirectory.create(HADOOP, out(), false);

    assertFalse(run.holds(RunDirectory.RESULT));
  }

  @Test
  void refusesAFileInItsPlace() throws IOException {
    Files.writeString(Path.of(out()), "a file");

    assertProblem(
        "--out " + out() + ": expected a directory to write to, found: a file is in its place;",
        () -> RunDirectory.create(HADOOP, out(), false));
  }

  @Test
  void refusesAPathThroughAFile() throws IOException {
    Files.writeString(Path.of(out()), "a file");

    assertProblem(
        "--out " + out() + "/below: expected a directory to write to, found: ",
        () -> RunDirectory.create(HADOOP, out() + "/below", false));
  }

  @Test
  void worksOnAnotherFileSystem() throws IOException {
    Configuration mounts = new Configuration();
    mounts.set("fs.viewfs.mounttable.cluster.link./runs", folder.toUri().toString());
    RunDirectory run = RunDirectory.create(mounts, "viewfs://cluster/runs/a", false);
    run.write(RunDirectory.RESULT, "before");
    run.write(RunDirectory.RESULT, "{}");

    assertEquals("viewfs://cluster/runs/a", run.toString());
    assertArrayEquals(new byte[] {'{', '}'}, run.read(RunDirectory.RESULT));
    assertEquals("{}", Files.readString(folder.resolve("a/result.json")));
    assertThrows(
        ConfigurationException.class,
        () -> RunDirectory.create(mounts, "viewfs://cluster/runs/a", false));
  }

  @Test
  void refusesAnUnknownFileSystem() {
    assertProblem(
        "--out nowhere://host/x: expected a directory to write to, found: ",
        () -> RunDirectory.create(HADOOP, "nowhere://host/x", false));
  }

  @Test
  void refusesAnEmptyPath() {
    assertProblem(
        "--out : expected a directory to write to, found: ",
        () -> RunDirectory.create(HADOOP, "", false));
  }

  @Test
  void opensARunThatIsThere() throws IOException {
    RunDirectory.create(HADOOP, out(), false).write(RunDirectory.RESULT, "{}");

    assertTrue(RunDirectory.open(HADOOP, out()).holds(RunDirectory.RESULT));
  }

  @Test
  void opensNothingThatIsNotThere() {
    assertProblem(
        out() + ": expected the directory of a run, found nothing;",
        () -> RunDirectory.open(HADOOP, out()));
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private static void assertProblem(String beginning, Runnable action) {
    List<String> problems = assertThrows(ConfigurationException.class, action::run).problems();
    assertEquals(1, problems.size());
    assertEquals(1, problems.get(0).lines().count());
    assertTrue(problems.get(0).startsWith(beginning), problems.get(0));
  }

  private static List<String> filesIn(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
