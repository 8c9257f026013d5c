package org.shardmean.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Preset;
import org.shardmean.settings.TrainSettings;

class RunIdentityTest {
  private static final List<String> REASONS =
      List.of(
          "layers = 6-4-3: the data has 6 pixels and 3 classes", "batch-size = 64: small shards");
  private static final RunIdentity PLAIN =
      RunIdentity.of(
          RunConfig.of(ModelSpec.parse("6-4-3", Activation.RELU)), "c0ffee", "A CPU (ZEN)");
  private static final RunIdentity DERIVED = PLAIN.derivedBy("auto", REASONS);

  @Test
  void whyItsSettingsAreAsTheyAreIsKept() {
    RunIdentity read = RunIdentity.read("run.json", new String(DERIVED.write(), UTF_8));

    assertEquals(DERIVED, read);
    assertEquals(REASONS, read.reasons());
  }

  @Test
  void aFileOfBeforeIsStillRead() {
    String json = new String(PLAIN.write(), UTF_8);
    String old = json.replaceAll(",\\s*\"preset\"[^}]*}$", "}");
    assertTrue(!old.contains("reasons"), old);

    assertEquals(PLAIN, RunIdentity.read("run.json", old));
  }

  @Test
  void anotherPresetIsRefusedWithWhatTheFirstOneChose() {
    List<String> problems = DERIVED.problemsWith(preset(Preset.NONE));

    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).contains("expected auto, which chose batch-size = 64, found none"),
        problems.get(0));
  }

  @Test
  void thePresetIsFreeWhereItChangesNothing() {
    assertEquals(List.of(), DERIVED.problemsWith(preset(Preset.AUTO)));
    assertEquals(List.of(), DERIVED.problemsWith(GivenSettings.NONE));
    assertEquals(List.of(), PLAIN.problemsWith(preset(Preset.NONE)));
    assertEquals(
        List.of(),
        PLAIN.derivedBy("auto", REASONS.subList(0, 1)).problemsWith(preset(Preset.NONE)));
  }

  private static GivenSettings preset(Preset preset) {
    return new GivenSettings(List.of(Map.of())).under(TrainSettings.PRESET, preset, "--preset");
  }
}
