package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.Contract;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunRecord;
import org.shardmean.settings.ReproducingCommand;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;

/** A setting is declared once and then stands everywhere; help is tested where help is. */
class EverySettingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RunRecord RUN = SampleRuns.fiveEpochs();

  static Stream<Setting<?>> settings() {
    return TrainSettings.OF_A_RUN.stream();
  }

  /** These say how a run is found or written, or have become other settings of the run. */
  @Test
  void onlyTheseAreNotPartOfARun() {
    Set<String> others =
        TrainSettings.ALL.stream()
            .map(Setting::name)
            .collect(Collectors.toCollection(TreeSet::new));
    settings().map(Setting::name).forEach(others::remove);

    assertEquals(
        Set.of(
            "checkpoint-every",
            "features",
            "handle-invalid",
            "label",
            "listener",
            "mnist-path",
            "out",
            "overwrite",
            "preset",
            "resume",
            "same-bits",
            "tensorboard",
            "weight"),
        others);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isInResultJsonAndReadsBack(Setting<?> setting) throws IOException {
    JsonNode written = JSON.readTree(ResultJson.write(RUN)).at("/config/" + setting.key());

    assertReadsBack(setting, written.asText());
  }

  private static <T> void assertReadsBack(Setting<T> setting, String text) {
    assertEquals(
        setting.place().orElseThrow().getter().apply(RUN.config()), setting.reader().read(text));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isInTheSchemaWithItsTypeAndBounds(Setting<?> setting) throws IOException {
    JsonNode config = JSON.readTree(Contract.text("result.schema.json")).at("/$defs/config");
    JsonNode described = config.at("/properties/" + setting.key());
    if (described instanceof ObjectNode property) {
      property.remove("description");
    }

    assertEquals(JSON.valueToTree(setting.reader().schema()), described);
    assertTrue(required(config).contains(setting.key()));
  }

  @Test
  void theSchemaHasNoOtherSettings() throws IOException {
    JsonNode config = JSON.readTree(Contract.text("result.schema.json")).at("/$defs/config");

    assertEquals(
        settings().map(Setting::key).collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(required(config)));
  }

  private static List<String> required(JsonNode config) {
    List<String> names = new ArrayList<>();
    config.get("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isInTheReproducingCommand(Setting<?> setting) {
    RunConfig config = RUN.config();

    assertTrue(
        (ReproducingCommand.of(config) + " ")
            .contains(" " + setting.option() + " " + setting.writtenIn(config) + " "));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isInTheReportInEveryLanguage(Setting<?> setting) {
    for (Language language : Language.values()) {
      RunRecord run = SampleRuns.inLanguage(RUN, language);
      String meaning = Texts.of(language).text("setting." + setting.key());

      List<String> row =
          HtmlPage.of(run, SampleExamples.tenClasses()).rows("settings-table").stream()
              .filter(cells -> cells.get(0).equals(setting.option()))
              .findFirst()
              .orElseThrow();

      assertEquals(setting.writtenIn(run.config()), row.get(1));
      assertTrue(row.get(2).startsWith(meaning), language + ": " + row.get(2));
    }
  }
}
