package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.RunRecord;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;

class FingerprintTest {
  private static final Fingerprint PRINT =
      Fingerprint.of(
          ResultJson.read("sample", ResultJson.write(SampleRuns.completed("sample", 10, 2))),
          Set.of("rounds-per-epoch", "learning-rate"));

  @Test
  void holdsSettingsDataPlaceAndVersions() {
    Map<String, String> facts = PRINT.facts();

    assertEquals("64", facts.get("batch-size"));
    assertEquals("42", facts.get("seed"));
    assertEquals("2", facts.get(Fingerprint.SLOTS));
    for (String name :
        List.of(
            Fingerprint.DATA,
            Fingerprint.MASTER,
            Fingerprint.EXECUTORS,
            Fingerprint.PROCESSOR,
            Fingerprint.JAVA,
            Fingerprint.SPARK,
            Fingerprint.DL4J,
            Fingerprint.OS,
            Fingerprint.COMMIT)) {
      assertFalse(facts.get(name).isEmpty(), name);
    }
    assertFalse(facts.containsKey("name"), "a name changes nothing");
  }

  @Test
  void settingsDataAndPlaceMustBeEqual() {
    for (String name :
        List.of("batch-size", Fingerprint.DATA, Fingerprint.SLOTS, Fingerprint.PROCESSOR)) {
      Fingerprint other = with(name, "other");

      assertEquals(
          List.of(name + " other instead of " + PRINT.facts().get(name)), other.unlike(PRINT));
      assertEquals(List.of(), other.changes(PRINT));
    }
  }

  @Test
  void versionsAndWhatTheProgramChoseAreOnlyShown() {
    for (String name : List.of(Fingerprint.COMMIT, Fingerprint.JAVA, "rounds-per-epoch")) {
      Fingerprint other = with(name, "other");

      assertEquals(List.of(), other.unlike(PRINT));
      assertEquals(
          List.of(name + " other instead of " + PRINT.facts().get(name)), other.changes(PRINT));
    }
  }

  /** An experiment that used to leave a setting to the program now gives it, and another value. */
  @Test
  void whatIsGivenNowMustBeEqual() {
    Fingerprint given =
        new Fingerprint(with("learning-rate", "0.5").facts(), Set.of("rounds-per-epoch"));

    assertEquals(1, given.unlike(PRINT).size());
    assertEquals(1, PRINT.unlike(given).size());
  }

  @Test
  void aSettingThatOnlyOneHasIsNamed() {
    assertEquals(List.of("tempo fast instead of nothing"), with("tempo", "fast").unlike(PRINT));
  }

  @Test
  void onlyAKnownCommitPromisesTheSameBits() {
    assertTrue(PRINT.promisesTheBitsOf(PRINT));
    assertFalse(with("seed", "7").promisesTheBitsOf(PRINT));
    for (String commit : List.of("unknown", "0123456789-dirty")) {
      assertFalse(
          with(Fingerprint.COMMIT, commit).promisesTheBitsOf(with(Fingerprint.COMMIT, commit)));
    }
  }

  /** A grid that goes on compares what it planned with what the run's file says. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1e-5, 0.001, 1, 12_345_678.9, 1e10, 0.1 + 0.2})
  void aRunThatIsReadBackHasThePlannedFingerprint(double rate) {
    RunRecord run = withRate(rate);
    Map<String, String> planned = new TreeMap<>(GridPlan.settingsOf(run.config()));
    planned.put("seed", "42");

    assertEquals(
        Fingerprint.of(planned, run.data().checksum(), run.environment(), Set.of()),
        saved(ResultJson.write(run)));
  }

  /** Other programs write the same numbers in other ways. */
  @Test
  void theWayANumberIsWrittenIsNoDifference() {
    String json = ResultJson.write(withRate(0.25));

    for (String same : List.of("0.250", "25e-2", "2.5E-1")) {
      assertEquals(
          saved(json),
          saved(json.replace("\"learningRate\": 0.25", "\"learningRate\": " + same)),
          same);
    }
    assertEquals(
        saved(json), saved(json.replace("\"weightDecay\": 0.0,", "\"weightDecay\": 0,")), "0");
    assertNotEquals(
        saved(json), saved(json.replace("\"learningRate\": 0.25", "\"learningRate\": 0.26")));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingCounts(Setting<?> setting) {
    boolean hasNoEffect = Set.of("name", "lang", "data").contains(setting.name());

    assertEquals(hasNoEffect, !PRINT.facts().containsKey(setting.name()));
  }

  static Stream<Setting<?>> settings() {
    return TrainSettings.OF_A_RUN.stream();
  }

  private static RunRecord withRate(double rate) {
    RunRecord run = SampleRuns.completed("sample", 10, 2);
    return SampleRuns.withConfig(
        run,
        run.config()
            .withLocal(run.config().local().withRate(run.config().local().rate().withPeak(rate))));
  }

  private static Fingerprint saved(String json) {
    return Fingerprint.of(ResultJson.read("sample", json), Set.of());
  }

  private static Fingerprint with(String name, String value) {
    TreeMap<String, String> facts = new TreeMap<>(PRINT.facts());
    facts.put(name, value);
    return new Fingerprint(facts, PRINT.chosen());
  }
}
