package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;

class GridRunTest {
  private static final GridFile FILE = GridFileTest.read("workers = 1, 2\n");
  private static final Fingerprint ALIKE = fingerprint(SampleRuns.fiveEpochs());
  private static final int POINTS = SampleGrids.GRID.points().size();

  @TempDir private Path folder;
  private final List<String> wentOn = new ArrayList<>();

  @Test
  void everyPointIsRunOnceInTheGridsOrder() throws Exception {
    Recorder recorder = new Recorder(point -> false);

    List<PointRecord> records = run(recorder);

    assertEquals(SampleGrids.GRID.inRandomOrder(), recorder.ran);
    assertEquals(recorder.ran, records.stream().map(PointRecord::point).toList());
    assertTrue(records.stream().allMatch(PointRecord::isDone));
    assertEquals(1, recorder.prepared);
  }

  @Test
  void aPointThatFailsIsRecordedAndTheGridGoesOn() throws Exception {
    GridPoint bad = SampleGrids.GRID.inRandomOrder().get(3);

    List<PointRecord> records = run(new Recorder(bad::equals));

    assertEquals(POINTS, records.size());
    assertEquals("no room", records.get(3).problem());
    assertEquals(1, records.stream().filter(record -> !record.isDone()).count());
    assertEquals("no room\n", Files.readString(place(bad).resolve("failed.txt")));
  }

  @Test
  void anInterruptedGridGoesOnWhereItStopped() throws Exception {
    Recorder first = new Recorder(point -> false);
    first.endsAfter = 5;
    assertThrows(IOException.class, () -> run(first));
    Recorder second = new Recorder(point -> false);

    List<PointRecord> records = run(second);

    assertEquals(List.of("5 of " + POINTS), wentOn);
    assertEquals(POINTS - 5, second.ran.size());
    assertEquals(POINTS, records.size());
    try (GridDirectory later = begin("later")) {
      assertEquals("then", later.started());
    }
  }

  @Test
  void aPointWhoseResultWasCutIsRunAgain() throws Exception {
    run(new Recorder(point -> false));
    GridPoint cut = SampleGrids.GRID.points().get(2);
    Files.writeString(place(cut).resolve(RunDirectory.RESULT), "{\"schema\"");
    Recorder second = new Recorder(point -> false);

    run(second);

    assertEquals(List.of(cut), second.ran);
  }

  @Test
  void aGridThatIsDoneRunsAndPreparesNothing() throws Exception {
    run(new Recorder(point -> false));
    Recorder second = new Recorder(point -> false);

    run(second);

    assertEquals(List.of(), second.ran);
    assertEquals(0, second.prepared);
  }

  @Test
  void aGridWhoseFileGotMorePointsRunsThoseAlone() throws Exception {
    Grid fewer = SampleGrids.grid(List.of(1, 2), List.of(4, 16), List.of(0), 1, 9);
    run(fewer, new Recorder(point -> false), ALIKE);
    Recorder second = new Recorder(point -> false);

    List<PointRecord> records = run(SampleGrids.GRID, second, ALIKE);

    assertEquals(POINTS, records.size());
    assertEquals(POINTS - fewer.points().size(), second.ran.size());
  }

  /** Points of other settings were taken for this grid's own, by their names. */
  @Test
  void aPointThatRanOtherwiseIsRefusedWithTheDifferenceBeforeAnythingIsRun() throws Exception {
    run(new Recorder(point -> false));
    Files.delete(place(SampleGrids.GRID.points().get(0)).resolve(RunDirectory.RESULT));
    Recorder second = new Recorder(point -> false);
    TreeMap<String, String> facts = new TreeMap<>(ALIKE.facts());
    facts.put("learning-rate", "0.5");
    facts.put(Fingerprint.COMMIT, "fedcba");
    Fingerprint other = new Fingerprint(facts, Set.of());

    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> run(SampleGrids.GRID, second, other));

    assertTrue(thrown.getMessage().contains("found 23 that differ in: "), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("learning-rate 0.5 instead of "), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("commit fedcba instead of "), thrown.getMessage());
    assertEquals(List.of(), second.ran);
    assertEquals(0, second.prepared);
  }

  @Test
  void aGridOfAnotherNameDoesNotGoOnInItsPlace() throws Exception {
    begin("then").close();
    GridFile other = GridFile.parse("workers = 1\n", "other", "other");

    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () ->
                GridDirectory.begin(
                    new Configuration(), folder.toString(), other, "later", w -> {}));

    assertTrue(thrown.getMessage().contains("found '# mine, started then'"), thrown.getMessage());
  }

  @Test
  void aSecondDriverIsRefusedWhileTheFirstIsAtWork() throws Exception {
    try (GridDirectory first = begin("then")) {
      ConfigurationException refused =
          assertThrows(ConfigurationException.class, () -> begin("later"));

      assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
      assertTrue(
          refused.getMessage().contains("process " + ProcessHandle.current().pid()),
          refused.getMessage());
      first.make(SampleGrids.GRID.points().get(0));
    }
    begin("later").close();
  }

  @Test
  void aDriverWhoseGridWasTakenOverRunsNoMorePoints() throws Exception {
    Recorder recorder = new Recorder(point -> false);
    try (GridDirectory first = begin("then")) {
      try (var claims = Files.list(folder)) {
        for (Path claim :
            claims.filter(file -> file.getFileName().toString().startsWith(".owner-")).toList()) {
          Files.delete(claim);
        }
      }
      GridRun run = new GridRun(first, recorder, new Told(wentOn));

      assertThrows(ConfigurationException.class, () -> run.run(SampleGrids.GRID, point -> ALIKE));
    }
    assertEquals(List.of(), recorder.ran);
  }

  @Test
  void aTrainingsFolderIsNoPlaceForAGrid() throws Exception {
    Files.writeString(folder.resolve(RunDirectory.RESULT), "{}");

    ConfigurationException thrown = assertThrows(ConfigurationException.class, () -> begin("now"));

    assertTrue(thrown.getMessage().contains("found the run of a training"), thrown.getMessage());
  }

  private List<PointRecord> run(Recorder recorder) throws Exception {
    return run(SampleGrids.GRID, recorder, ALIKE);
  }

  private List<PointRecord> run(Grid grid, Recorder recorder, Fingerprint expected)
      throws Exception {
    try (GridDirectory directory = begin("then")) {
      return new GridRun(directory, recorder, new Told(wentOn)).run(grid, point -> expected);
    }
  }

  private GridDirectory begin(String now) throws IOException {
    return GridDirectory.begin(new Configuration(), folder.toString(), FILE, now, waiting -> {});
  }

  private Path place(GridPoint point) {
    return folder.resolve("points").resolve(point.id());
  }

  private static Fingerprint fingerprint(RunRecord run) {
    return Fingerprint.of(ResultJson.read("a sample", ResultJson.write(run)), Set.of());
  }

  private record Told(List<String> lines) implements GridRun.Listener {
    @Override
    public void goesOn(int done, int of) {
      lines.add(done + " of " + of);
    }

    @Override
    public void pointEnded(int number, int of, PointRecord record, boolean ranNow) {}
  }

  /** Writes a run that never ran, fails where it is told to, and ends where it is told to. */
  private static final class Recorder implements GridRun.Runner {
    private final List<GridPoint> ran = new ArrayList<>();
    private final Predicate<GridPoint> fails;
    private int prepared;
    private int endsAfter = Integer.MAX_VALUE;

    Recorder(Predicate<GridPoint> fails) {
      this.fails = fails;
    }

    @Override
    public void prepare(int cores) {
      prepared++;
    }

    @Override
    public void run(GridPoint point, RunDirectory into) throws IOException {
      if (fails.test(point) || !canGoOn()) {
        throw new IOException("no room\nat all");
      }
      ran.add(point);
      into.write(RunDirectory.RESULT, ResultJson.write(SampleRuns.fiveEpochs()));
    }

    @Override
    public boolean canGoOn() {
      return ran.size() < endsAfter;
    }
  }
}
