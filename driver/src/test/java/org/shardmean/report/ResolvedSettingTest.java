package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.run.RunConfig;

class ResolvedSettingTest {
  private static final RunConfig CONFIG = SampleRuns.fiveEpochs().config();

  @Test
  void findsItsReason() {
    String reason = "batch-size = 64: as measured";

    List<ResolvedSetting> settings = ResolvedSetting.of(CONFIG, List.of(reason));

    assertEquals(
        List.of(new ResolvedSetting("batchSize", "--batch-size", "64", "as measured")),
        settings.stream().filter(setting -> !setting.reason().isEmpty()).toList());
    assertEquals(List.of(), ResolvedSetting.otherReasons(List.of(reason)));
  }

  @Test
  void keepsReasonsOfNoSetting() {
    List<String> reasons = List.of("weather = fine: it is summer", "because", "batch = 3: no");

    assertEquals(reasons, ResolvedSetting.otherReasons(reasons));
  }
}
