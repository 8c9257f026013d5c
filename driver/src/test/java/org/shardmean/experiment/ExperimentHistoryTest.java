package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.data.DataException;
import org.shardmean.run.ConfigurationException;

class ExperimentHistoryTest {
  private static final PastGrid FIRST = night(1);
  private static final PastGrid SECOND = night(2);

  @TempDir private Path folder;
  private ExperimentHistory history;

  @BeforeEach
  void begin() {
    history = new ExperimentHistory(new Configuration(), folder.resolve("history").toString());
  }

  @Test
  void whatIsAppendedIsReadBackOldestFirst() throws IOException {
    PastGrid second = history.append(SECOND);
    history.append(FIRST);

    assertEquals(List.of(FIRST, second), history.of("sample"));
    assertEquals(List.of(), history.of("other"));
  }

  @Test
  void failuresAreKept() throws IOException {
    PastGrid odd =
        Altered.each(
            FIRST,
            run ->
                run.point().seed() == 1
                    ? PointRecord.failed(run.point(), "lost <executor> 1", Fingerprint.UNKNOWN)
                    : run);

    assertEquals(odd, history.append(odd));
    assertEquals(List.of(odd), history.of("sample"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0, -1})
  void aRunThatEndedWellHasTimesAboveZero(double factor) {
    assertThrows(IllegalArgumentException.class, () -> Altered.slower(FIRST, factor));
  }

  @Test
  void aGridThatIsAppendedAgainReplacesItself() throws IOException {
    history.append(FIRST);
    history.append(Altered.slower(FIRST, 2));

    assertEquals(1, history.of("sample").size());
    assertTrue(history.of("sample").get(0).isAccepted());
  }

  @Test
  void onlyTheFirstWholeGridOfItsKindIsAcceptedByItself() throws IOException {
    assertTrue(history.append(FIRST).isAccepted());
    assertFalse(history.append(SECOND).isAccepted());
    PastGrid elsewhere =
        Altered.each(night(3), run -> Altered.withFact(run, Fingerprint.SLOTS, "16"));
    assertTrue(history.append(elsewhere).isAccepted());
  }

  /** In the past it became the next grid's baseline. */
  @Test
  void aGridWithFailedPointsIsNeverAccepted() throws IOException {
    PastGrid failed =
        Altered.each(FIRST, run -> PointRecord.failed(run.point(), "no disk", Fingerprint.UNKNOWN));

    assertFalse(history.append(failed).isAccepted());
    assertTrue(
        assertThrows(ConfigurationException.class, () -> history.accept(FIRST.started(), "now"))
            .getMessage()
            .contains("found 24 of 24 failed"));
    assertTrue(history.append(SECOND).isAccepted());
  }

  @Test
  void aPersonAcceptsANewLevel() throws IOException {
    history.append(FIRST);
    history.append(SECOND);

    PastGrid accepted = history.accept(SECOND.started(), "2026-02-01");

    assertEquals("by a person, 2026-02-01", accepted.accepted());
    assertEquals(accepted, history.of("sample").get(1));
    assertEquals(
        accepted,
        Baseline.choose("accepted", history.of("sample"), night(3).fingerprints()).orElseThrow());
  }

  @Test
  void whatIsNotInTheHistoryCannotBeAccepted() throws IOException {
    history.append(FIRST);

    String problem =
        assertThrows(ConfigurationException.class, () -> history.accept("yesterday", "now"))
            .getMessage();
    assertTrue(problem.contains("--accept yesterday"), problem);
    assertTrue(problem.contains(FIRST.started() + " (sample)"), problem);
  }

  @Test
  void aFileThatIsNoGridIsNamed() throws IOException {
    history.append(FIRST);
    Path odd = folder.resolve("history/sample/odd.json");
    for (String text : List.of("", "{", "[]", "7", "{\"experiment\": 7}", "{}", "\u0000\u0001")) {
      Files.writeString(odd, text);

      String problem =
          assertThrows(DataException.class, () -> history.of("sample"), text).getMessage();
      assertTrue(problem.contains("odd.json"), problem);
      assertEquals(1, problem.lines().count());
    }
  }

  /** Records of versions that kept no curves, and counted what diverged as failed. */
  @Test
  void aRecordOfAnEarlierVersionIsRead() throws IOException {
    PastGrid rates = SampleGrids.learningRates(true).now();
    history.append(rates);
    assertEquals(rates, history.of("rates").get(0));

    Path file = folder.resolve("history/rates/2026-01-01T02-00-00Z.json");
    Files.writeString(
        file, Files.readString(file).replaceAll(",\"ending\":\"[A-Z]+\",\"learning\":\\{.*?}", ""));
    List<PointRecord> before = history.of("rates").get(0).points();

    assertEquals(9, before.stream().filter(PointRecord::isDone).count());
    assertEquals(0, before.stream().filter(PointRecord::isDiverged).count());
    assertFalse(before.get(0).learning().isKnown());
  }

  private static PastGrid night(int number) {
    return SampleGrids.grid("2026-01-0" + number + "T02:00:00Z", number, 1);
  }
}
