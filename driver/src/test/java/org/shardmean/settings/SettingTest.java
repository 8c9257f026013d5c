package org.shardmean.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunConfig;

class SettingTest {
  static Stream<Setting<?>> settings() {
    return TrainSettings.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void hasAUniqueNameHelpAndAtMostOneDefault(Setting<?> setting) {
    assertEquals(1, settings().filter(other -> other.name().equals(setting.name())).count());
    assertTrue(setting.name().matches("[a-z]+(-[a-z]+)*"), setting.name());
    assertTrue(setting.help().get(setting.help().size() - 1).endsWith("."), setting.name());
    assertTrue(setting.standard().isEmpty() || setting.derivation().isEmpty(), setting.name());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void ofARunIsGivenOrDerivedAlways(Setting<?> setting) {
    assertTrue(
        setting.place().isEmpty()
            || setting.standard().isPresent()
            || setting.derivation().isPresent());
  }

  /** So that RunConfig.of, which comes before the settings, agrees with them. */
  @ParameterizedTest
  @MethodSource("settings")
  void aConfigurationBeginsWithTheDefaults(Setting<?> setting) {
    assertBeginsWithDefault(setting);
  }

  private static <T> void assertBeginsWithDefault(Setting<T> setting) {
    RunConfig config = RunConfig.of(ModelSpec.parse("784-10", Activation.RELU));
    if (setting.place().isPresent() && setting.standard().isPresent()) {
      assertEquals(setting.standard(), Optional.of(setting.place().get().getter().apply(config)));
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whatAConfigurationIsGivenItHolds(Setting<?> setting) {
    setting.place().ifPresent(place -> assertHolds(setting));
  }

  private static <T> void assertHolds(Setting<T> setting) {
    RunConfig config = RunConfig.of(ModelSpec.parse("784-10", Activation.RELU));
    Setting.Place<T> place = setting.place().orElseThrow();
    T value = setting.standard().orElseGet(() -> place.getter().apply(config));

    assertEquals(value, place.getter().apply(place.wither().apply(config, value)));
  }

  @Test
  void isNamedByItsOptionAndByItsKey() {
    assertEquals("--rounds-per-epoch", TrainSettings.ROUNDS_PER_EPOCH.option());
    assertEquals("roundsPerEpoch", TrainSettings.ROUNDS_PER_EPOCH.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "-0.1", "0x", "", " ", "1,5"})
  void numbersThatAreNoneAreRefused(String text) {
    for (Setting<Double> setting :
        List.of(
            TrainSettings.LEARNING_RATE,
            TrainSettings.OUTER_RATE,
            TrainSettings.WARMUP,
            TrainSettings.WEIGHT_DECAY,
            TrainSettings.LABEL_SMOOTHING,
            TrainSettings.INPUT_DROPOUT,
            TrainSettings.OUTER_MOMENTUM)) {
      assertThrows(
          IllegalArgumentException.class, () -> setting.reader().read(text), setting.name());
    }
    assertThrows(
        IllegalArgumentException.class, () -> TrainSettings.VALIDATION.reader().read(text));
  }

  @Property
  void anyNumberIsWrittenSoThatItReadsBack(@ForAll double number, @ForAll long seed) {
    if (number > 0 && Double.isFinite(number)) {
      ValueReader<Double> reader = ValueReader.aboveZero();
      assertEquals(number, reader.read(String.valueOf(reader.plain(number))));
    }
    ValueReader<Long> seeds = ValueReader.anyWholeNumber();
    assertEquals(seed, seeds.read(String.valueOf(seeds.plain(seed))));
  }

  /** {@code docs/settings.md} is written from the declarations: run this test with -Dwrite.docs. */
  @Test
  void theDocumentListsEverySetting() throws IOException {
    Path file = Path.of("..", "docs", "settings.md");
    String table = SettingsDocument.text();
    if (System.getProperty("write.docs") != null) {
      Files.writeString(file, table);
    }

    assertEquals(table, Files.readString(file));
  }

  /** A file of defaults that says something else than the program would mislead its reader. */
  @Test
  void theFileOfDefaultsHasTheDeclaredOnes() throws IOException {
    Map<String, Written> file =
        PropertiesText.parse(
            Files.readString(Path.of("..", "conf", "defaults.properties")), "defaults");

    for (Setting<?> setting : TrainSettings.ALL) {
      if (!setting.isFlag()) {
        assertEquals(
            setting.standard().flatMap(value -> setting.defaultInWords()),
            Optional.ofNullable(file.get(setting.name())).map(Written::text),
            setting.name());
      }
    }
  }
}
