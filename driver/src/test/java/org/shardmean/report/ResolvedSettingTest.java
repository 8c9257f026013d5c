package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shardmean.run.RunConfig;

class ResolvedSettingTest {
  private static final RunConfig CONFIG = SampleRuns.fiveEpochs().config();

  @Test
  void findsItsReason() {
    String reason = "batch-size = 64: as measured";

    List<ResolvedSetting> settings = ResolvedSetting.of(CONFIG, List.of(reason));

    assertEquals(
        List.of(
            new ResolvedSetting(
                "batchSize", "--batch-size", "64", "as measured", Optional.empty())),
        settings.stream().filter(setting -> !setting.reason().isEmpty()).toList());
    assertEquals(List.of(), ResolvedSetting.otherReasons(List.of(reason)));
  }

  @Test
  void findsWhatTheDefaultPresetWouldChoose() {
    String reason = "batch-size = 32: the default of Keras (--preset auto: 64)";

    List<ResolvedSetting> settings = ResolvedSetting.of(CONFIG, List.of(reason));

    assertEquals(
        List.of(
            new ResolvedSetting(
                "batchSize", "--batch-size", "64", "the default of Keras", Optional.of("64"))),
        settings.stream().filter(setting -> !setting.reason().isEmpty()).toList());
  }

  @Test
  void keepsReasonsOfNoSetting() {
    List<String> reasons = List.of("weather = fine: it is summer", "because", "batch = 3: no");

    assertEquals(reasons, ResolvedSetting.otherReasons(reasons));
  }
}
