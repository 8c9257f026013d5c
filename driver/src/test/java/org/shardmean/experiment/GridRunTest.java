package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;

class GridRunTest {
  private static final String DEFINITION = "workers = 1, 2\n";
  private static final int POINTS = SampleGrids.GRID.points().size();

  @TempDir private Path folder;

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

    assertEquals(POINTS - 5, second.ran.size());
    assertEquals(POINTS, records.size());
    assertEquals("then", begin(DEFINITION, "later").started());
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
  void anotherGridDoesNotGoOnInItsPlace() throws Exception {
    begin(DEFINITION, "then");

    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> begin("workers = 4\n", "later"));

    assertTrue(thrown.getMessage().contains("another grid"), thrown.getMessage());
  }

  @Test
  void aGridThatIsOverIsNotRunAgain() throws Exception {
    begin(DEFINITION, "then").files().write(GridDirectory.JSON, "{}");

    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> begin(DEFINITION, "later"));

    assertTrue(thrown.getMessage().contains("one that is over"), thrown.getMessage());
    assertFalse(Files.exists(folder.resolve("points")));
  }

  private List<PointRecord> run(Recorder recorder) throws Exception {
    return new GridRun(begin(DEFINITION, "then"), recorder, (number, of, record, now) -> {})
        .run(SampleGrids.GRID);
  }

  private GridDirectory begin(String definition, String now) throws IOException {
    return GridDirectory.begin(new Configuration(), folder.toString(), definition, now);
  }

  private Path place(GridPoint point) {
    return folder.resolve("points").resolve(point.id());
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
