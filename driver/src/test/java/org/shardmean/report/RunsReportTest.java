package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.metrics.Answers;
import org.shardmean.model.Output;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/** Several runs in one page. */
class RunsReportTest {
  private static final SavedRun FIVE = saved(SampleRuns.fiveEpochs());

  @Test
  void aMoreAccurateRunIsFoundOnTheSameImages() {
    SavedRun better = with(FIVE, improved(FIVE.images().orElseThrow(), 20));

    List<String> findings = RunsReport.findings(List.of(FIVE, better), Texts.of(Language.EN));

    assertEquals(
        List.of(
            "Run 2 is more accurate than run 1. Of the same 10,000 images, only run 2 classifies 20"
                + " correctly, and only run 1 classifies 0. If both were equally good, chance would"
                + " bring such a difference with a probability of less than 0.01%."),
        findings);
    assertTrue(
        RunsReport.findings(List.of(better, FIVE), Texts.of(Language.EN))
            .get(0)
            .startsWith("Run 1 is more accurate than run 2."));
    HtmlPage page = page(List.of(FIVE, better), Language.EN);
    assertEquals(List.of("Run 1 correct", "9,940", "0"), page.rows("test-2").get(0));
    assertEquals(List.of("Run 1 wrong", "20", "40"), page.rows("test-2").get(1));
    assertTrue(page.contains("20 of 20 such images are shown"));
    assertTrue(page.contains("0 of 0 such images are shown"));
  }

  @Test
  void fewDifferencesTellNothing() {
    SavedRun hardly = with(FIVE, improved(FIVE.images().orElseThrow(), 3));

    String finding = RunsReport.findings(List.of(FIVE, hardly), Texts.of(Language.EN)).get(0);

    assertTrue(finding.startsWith("Run 2 and run 1 cannot be told apart."), finding);
    assertTrue(finding.endsWith("with a probability of 25.00%."), finding);
    assertEquals(
        List.of("Run 2 and run 1 classify the same of 10,000 images correctly."),
        RunsReport.findings(List.of(FIVE, FIVE), Texts.of(Language.EN)));
  }

  /** Six differences have a probability of 2 / 64; three such tests, by Holm, one of 6 / 64. */
  @Test
  void severalTestsAreCorrected() {
    SavedRun six = with(FIVE, improved(FIVE.images().orElseThrow(), 6));

    List<String> one = RunsReport.findings(List.of(FIVE, six), Texts.of(Language.EN));
    List<String> three = RunsReport.findings(List.of(FIVE, six, six, six), Texts.of(Language.EN));

    assertTrue(one.get(0).contains("is more accurate") && one.get(0).contains("3.12%"), one.get(0));
    assertTrue(three.get(0).contains("cannot be told apart"), three.get(0));
    assertTrue(three.get(0).contains("9.38%"), three.get(0));
    assertTrue(page(List.of(FIVE, six, six), Language.EN).contains("Holm"));
    assertFalse(page(List.of(FIVE, six), Language.EN).contains("Holm"));
  }

  @Test
  void onOtherImagesOrWithoutAnswersNothingIsTested() {
    RunRecord run = FIVE.record();
    DataRecord data = run.data();
    RunRecord elsewhere =
        ChangedRun.of(run)
            .data(
                new DataRecord(
                    "other",
                    false,
                    data.trainExamples(),
                    data.validationExamples(),
                    data.testExamples(),
                    28,
                    28,
                    10,
                    "ffff"))
            .run();

    HtmlPage page =
        page(
            List.of(
                FIVE,
                new SavedRun("elsewhere", elsewhere, FIVE.images()),
                new SavedRun("old", run, Optional.empty())),
            Language.EN);

    assertTrue(page.contains("were validated on different images"));
    assertTrue(page.contains("examined.bin, with the answers to each image, is missing"));
    assertTrue(page.contains("The runs were not trained on the same data."));
    assertFalse(page.contains("id=\"test-2\"") || page.contains("id=\"test-3\""));
  }

  @Test
  void settingsThatDifferStandSideBySide() {
    RunRecord run = FIVE.record();
    SavedRun other = saved(SampleRuns.withConfig(run, run.config().withEpochs(9).withName("nine")));

    HtmlPage page = page(List.of(FIVE, other), Language.EN);

    List<List<String>> rows = page.rows("settings-table");
    assertEquals(Set.of("--name", "--epochs"), Set.of(rows.get(0).get(0), rows.get(1).get(0)));
    assertTrue(
        rows.stream().anyMatch(row -> row.subList(0, 3).equals(List.of("--epochs", "5", "9"))));
    assertTrue(page(List.of(FIVE, FIVE), Language.EN).contains("All settings are the same."));
  }

  @Test
  void theDifferenceOfTheMatricesIsTheSecondLessTheFirst() {
    RunRecord other = SampleRuns.completed("lecture", 10, 2);
    HtmlPage page = page(List.of(saved(other), FIVE), Language.EN);

    long before = other.kept().orElseThrow().validation().confusion().count(4, 4);
    long after = FIVE.record().kept().orElseThrow().validation().confusion().count(4, 4);
    String expected = after > before ? "+" + (after - before) : "−" + (before - after);
    assertEquals(expected, page.rows("difference-2").get(4).get(5));
    assertEquals(4, page.count("<svg class=\"chart\" viewBox=\"0 0 420"));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void isWrittenInEveryLanguageForRunsOfAnyEnding(Language language) {
    List<SavedRun> runs =
        List.of(
            FIVE,
            saved(SampleRuns.diverged()),
            new SavedRun("broken", SampleRuns.failedAtOnce(), Optional.empty()),
            saved(SampleRuns.completed("62 classes", 62, 2)),
            saved(SamplePages.hostile()));

    HtmlPage page = page(runs, language);

    assertTrue(page.contains("<html lang=\"%s\">".formatted(language.locale().getLanguage())));
    assertEquals(0, page.count("<script"));
    assertFalse(page.contains("\u202e") || page.contains("<img src=x"));
    assertTrue(page.text().length() < HtmlReport.MOST_CHARACTERS);
    assertEquals(0, page.count("\\{[0-9]\\}(?! &amp;amp;)"));
  }

  @Test
  void matricesOfManyClassesAreALIstOfDifferences() {
    SavedRun first = saved(SampleRuns.completed("62 classes", 62, 2));
    SavedRun second = saved(SampleRuns.completed("62 classes", 62, 3));

    HtmlPage page = page(List.of(first, second), Language.EN);

    assertFalse(page.contains("id=\"difference-2\""));
    assertTrue(page.count("<li>\\d+ predicted as \\d+: [+−]\\d+</li>") > 3);
  }

  @Test
  void oneRunAndTooManyAreRefused() {
    assertThrows(ConfigurationException.class, () -> RunsReport.render(List.of(FIVE), Language.EN));
    assertThrows(
        ConfigurationException.class,
        () -> RunsReport.render(Collections.nCopies(9, FIVE), Language.EN));
    assertTrue(
        page(new ArrayList<>(Collections.nCopies(8, FIVE)), Language.EN).text().length()
            < HtmlReport.MOST_CHARACTERS);
  }

  @Test
  void runsThatDoNotClassifyAreRefusedByWhatTheyLearn() {
    RunRecord encoder = SampleRuns.autoencoder();
    RunConfig config = encoder.config();
    RunRecord regression =
        SampleRuns.withConfig(
            encoder, config.withModel(config.model().withOutput(Output.IDENTITY)));

    assertEquals(
        "runs/a: expected runs that classify, found an autoencoder; give it alone",
        refusal(encoder));
    assertEquals(
        "runs/a: expected runs that classify, found a regression; give it alone",
        refusal(regression));
  }

  private static String refusal(RunRecord run) {
    List<SavedRun> runs = List.of(FIVE, new SavedRun("runs/a", run, Optional.empty()));
    return assertThrows(ConfigurationException.class, () -> RunsReport.render(runs, Language.EN))
        .getMessage();
  }

  /** A number never follows another. */
  @Test
  void countsAndNumbersOfRunsStandApart() {
    SavedRun better = with(FIVE, improved(FIVE.images().orElseThrow(), 20));

    String german = RunsReport.findings(List.of(FIVE, better), Texts.of(Language.DE)).get(0);

    assertTrue(german.contains("klassifiziert 20 nur Lauf 2 richtig und 0 nur Lauf 1."), german);
    for (Language language : Language.values()) {
      String caption =
          switch (language) {
            case EN -> "<p>actual \\d+ · Run 1: \\d+ · Run 2: \\d+</p>";
            case DE -> "<p>wahr \\d+ · Lauf 1: \\d+ · Lauf 2: \\d+</p>";
            case JA -> "<p>正解\\d+ · 実行1：\\d+ · 実行2：\\d+</p>";
          };
      assertEquals(20, page(List.of(FIVE, better), language).count(caption));
    }
  }

  private static HtmlPage page(List<SavedRun> runs, Language language) {
    return new HtmlPage(RunsReport.render(runs, language));
  }

  private static SavedRun saved(RunRecord run) {
    return new SavedRun("runs/" + run.config().name(), run, Optional.of(SampleExamples.of(run)));
  }

  private static SavedRun with(SavedRun run, ShownImages images) {
    return new SavedRun(run.folder(), run.record(), Optional.of(images));
  }

  /** The same, with so many mistakes less. */
  private static ShownImages improved(ShownImages images, int fewer) {
    byte[] actual = images.answers().actual();
    byte[] predicted = images.answers().predicted();
    images.examination().misclassified().stream()
        .limit(fewer)
        .forEach(mistake -> predicted[mistake.example()] = actual[mistake.example()]);
    return new ShownImages(
        images.height(),
        images.width(),
        images.trainPerClass(),
        images.samples(),
        images.examination(),
        new Answers(actual, predicted),
        images.workers());
  }
}
