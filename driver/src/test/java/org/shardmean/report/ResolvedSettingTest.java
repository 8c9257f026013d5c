package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.run.RunConfig;

class ResolvedSettingTest {
  private static final RunConfig CONFIG = SampleRuns.fiveEpochs().config();

  static Stream<Arguments> spellings() {
    return Stream.of(
        arguments("batchSize = 64: as measured"),
        arguments("batch-size = 64: as measured"),
        arguments("--batch-size=64:as measured"),
        arguments("batch size = 64: as measured"));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void findsItsReasonHoweverTheNameIsWritten(String reason) {
    List<ResolvedSetting> settings = ResolvedSetting.of(CONFIG, List.of(reason));

    assertEquals(
        List.of(new ResolvedSetting("batchSize", "--batch-size", "64", "as measured")),
        settings.stream().filter(setting -> !setting.reason().isEmpty()).toList());
    assertEquals(List.of(), ResolvedSetting.otherReasons(CONFIG, List.of(reason)));
  }

  @Test
  void keepsReasonsOfNoSetting() {
    List<String> reasons = List.of("weather = fine: it is summer", "because", "batch = 3: no");

    assertEquals(reasons, ResolvedSetting.otherReasons(CONFIG, reasons));
  }
}
