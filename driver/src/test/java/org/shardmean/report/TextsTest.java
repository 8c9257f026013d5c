package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.run.FitDiagnosis;
import org.shardmean.run.Language;
import org.shardmean.run.RunStatus;
import org.shardmean.settings.TrainSettings;

class TextsTest {
  /** Names, formulas, and words that people use alike. */
  private static final Set<String> SAME_IN_JAPANESE =
      Set.of(
          "inspect.title",
          "neuron.difference",
          "neuron.or",
          "environment.java",
          "environment.spark",
          "environment.dl4j");

  private static final Set<String> SAME_IN_GERMAN =
      Set.of(
          "compare.failed",
          "compare.matrix",
          "compare.seed",
          "console.planMinutes",
          "console.planSeconds",
          "console.planUnknown",
          "grid.dot",
          "grid.pointDiverged",
          "said.also",
          "said.gain",
          "said.named",
          "said.next",
          "said.seconds",
          "said.setupIn",
          "said.stop",
          "list",
          "console.columnTest",
          "data.end",
          "network.biases",
          "learning.training",
          "confusion.shown",
          "classes.precision",
          "classes.recall",
          "classes.f1",
          "examples.column",
          "neuron.difference",
          "neuron.cell",
          "descent.start",
          "settings.option",
          "environment.java",
          "environment.spark",
          "environment.dl4j",
          "environment.master",
          "environment.executors",
          "environment.os",
          "inspect.title",
          "shares.worker",
          "runs.label",
          "timeline.seconds");

  @Test
  void everyLanguageSaysTheSameThings() {
    Texts english = Texts.of(Language.EN);
    Set<String> all = withoutThoseForOne(english);
    for (Language language : Language.values()) {
      Texts texts = Texts.of(language);
      Set<String> there = withoutThoseForOne(texts);
      assertEquals(Set.of(), without(all, there), "missing in " + language);
      assertEquals(Set.of(), without(there, all), "in " + language + " alone");
      for (String key : all) {
        assertEquals(placeholders(english, key), placeholders(texts, key), language + ": " + key);
      }
    }
  }

  @Test
  void everyTextIsUsedAndEveryOneUsedIsThere() throws IOException {
    Set<String> used = new TreeSet<>();
    String pages =
        sources(
            "src/main/jte",
            "src/main/java/org/shardmean/report",
            "src/main/java/org/shardmean/experiment",
            "src/main/java/org/shardmean/comparison");
    String sources = pages + sources("../jobs/src/main/java/org/shardmean/jobs");
    Pattern.compile("\\bt(?:\\(\\))?\\.(?:text|pattern)\\(\\s*\"([a-zA-Z0-9.]+)\"\\s*[,)]")
        .matcher(sources)
        .results()
        .forEach(found -> used.add(found.group(1)));
    Pattern.compile("\\bt(?:\\(\\))?\\.counted\\(\\s*\"([a-zA-Z0-9.]+)\"\\s*,")
        .matcher(sources)
        .results()
        .map(found -> found.group(1))
        .forEach(key -> used.addAll(List.of(key + Texts.ONE, key + Texts.OTHER)));
    // Chosen between by a condition, or put together from a name.
    Pattern.compile("[?:] ?\"([a-z]+\\.[a-zA-Z]+)\"")
        .matcher(pages)
        .results()
        .forEach(found -> used.add(found.group(1)));
    ReportPage.SECTIONS.forEach(section -> used.add(section + ".title"));
    ReportPage.TIME_PARTS.forEach(
        part -> used.addAll(List.of("time." + part, "time." + part + ".what")));
    TrainSettings.OF_A_RUN.forEach(setting -> used.add("setting." + setting.key()));
    Stream.of(FitDiagnosis.Kind.values()).forEach(kind -> used.add("fit." + kind));
    used.addAll(
        List.of("list", "said.next", "fit.NONE", "learning.training", "learning.validation"));
    used.addAll(List.of("learning.loss", "learning.accuracy", "notice.title"));
    used.addAll(List.of("learning.rounds", "learning.dispersion"));
    used.addAll(List.of("notice." + RunStatus.DIVERGED, "notice." + RunStatus.FAILED));
    used.add("notice." + RunStatus.INTERRUPTED);

    Set<String> there = new TreeSet<>(Texts.of(Language.EN).keys());
    // RecordedSentencesTest sees to those.
    there.removeIf(key -> key.startsWith(RecordedSentences.PREFIX));
    there.removeIf(TextsTest::takesThePlaceOfAnother);
    assertEquals(Set.of(), without(there, used), "texts that nothing uses");
    assertEquals(Set.of(), without(used, there), "texts that are used and missing");
  }

  private static boolean takesThePlaceOfAnother(String key) {
    Set<String> all = Texts.of(Language.EN).keys();
    return key.startsWith(Texts.OF_ROWS) && all.contains(key.substring(Texts.OF_ROWS.length()));
  }

  @Test
  void aRunOnRowsHasTextsOfItsOwn() {
    for (Language language : Language.values()) {
      Texts images = Texts.of(language);
      Texts rows = images.ofRows(true);
      assertEquals(images.text("rows.data.train"), rows.text("data.train"));
      assertEquals(images.text("figure.parameters"), rows.text("figure.parameters"));
      assertEquals(images.text("data.train"), rows.ofRows(false).text("data.train"));
    }
    assertEquals(
        "each row is used in many epochs",
        RecordedSentences.in(
            Texts.of(Language.EN).ofRows(true), "each image is used in many epochs"));
  }

  @ParameterizedTest
  @MethodSource("sameAsEnglish")
  void onlyNamesAndFormulasAreAsInEnglish(Language language, Set<String> expected) {
    Texts english = Texts.of(Language.EN);
    Texts texts = Texts.of(language);
    Set<String> same =
        texts.keys().stream()
            .filter(key -> withPlaces(texts, key).equals(withPlaces(english, key)))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(expected), same);
  }

  /** Every other language, with the texts that read there as they do in English. */
  static Stream<Arguments> sameAsEnglish() {
    return Stream.of(
        Arguments.of(Language.DE, SAME_IN_GERMAN), Arguments.of(Language.JA, SAME_IN_JAPANESE));
  }

  @Test
  void everyLanguageButEnglishIsComparedWithIt() {
    assertEquals(Language.values().length - 1, sameAsEnglish().count());
  }

  /** Not every language has a form for one. */
  private static Set<String> withoutThoseForOne(Texts texts) {
    return texts.keys().stream()
        .filter(key -> !key.endsWith(Texts.ONE))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void oneThingHasAFormOfItsOwn() {
    Texts english = Texts.of(Language.EN);

    assertEquals("one task slot", english.counted("headline.slots", 1));
    assertEquals("2 task slots", english.counted("headline.slots", 2));
    assertEquals("0 task slots", english.counted("headline.slots", 0));
    assertEquals("1,234 task slots", english.counted("headline.slots", 1_234));
    assertEquals("1.234 Plätzen für Tasks", Texts.of(Language.DE).counted("headline.slots", 1_234));
    for (Language language : Language.values()) {
      for (String key : Texts.of(language).keys()) {
        if (key.endsWith(Texts.ONE)) {
          String other = key.substring(0, key.length() - Texts.ONE.length()) + Texts.OTHER;
          assertTrue(Texts.of(language).keys().contains(other), language + ": " + key);
          assertTrue(english.keys().contains(key), language + ": " + key + " is never asked for");
        }
      }
    }
  }

  @Test
  void aPatternKeepsItsPlaces() {
    assertEquals(
        "Class {0}, predicted as {1}: {2}. Images shown: {3}.",
        Texts.of(Language.EN).pattern("confusion.cell"));
  }

  @Test
  void anUnknownKeyIsNamed() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Texts.of(Language.DE).text("no.such"))
            .getMessage()
            .contains("no text no.such in texts_de.properties"));
  }

  @Test
  void whatIsFilledInIsLeftAsItIs() {
    assertEquals("{1} {0} · Shardmean run report", Texts.of(Language.EN).text("title", "{1} {0}"));
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(others);
    return left;
  }

  private static Set<String> placeholders(Texts texts, String key) {
    return Pattern.compile("⟦\\d+⟧")
        .matcher(withPlaces(texts, key))
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A text in which what is filled in names itself. */
  private static String withPlaces(Texts texts, String key) {
    Object[] values = new Object[12]; // As many as any text has.
    for (int v = 0; v < values.length; v++) {
      values[v] = "⟦" + v + "⟧";
    }
    return texts.text(key, values);
  }

  private static String sources(String... folders) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(Files::isRegularFile).sorted().forEach(file -> all.append(read(file)));
      }
    }
    return all.toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
