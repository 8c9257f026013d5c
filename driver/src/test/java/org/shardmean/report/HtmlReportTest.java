package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ClassScore;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.settings.TrainSettings;

/** What a report says of a run, and in which language. */
class HtmlReportTest {
  private static final Figures FIGURES = new Figures(Locale.ENGLISH);

  @Test
  void showsTheFiguresOfTheRecords() {
    RunRecord run = SampleRuns.fiveEpochs();
    HtmlPage page = HtmlPage.of(run, SampleExamples.tenClasses());

    EpochRecord last = run.epochs().get(4);
    assertTrue(
        page.contains("<strong class=\"big\">" + FIGURES.percent(last.validation().accuracy())));
    List<List<String>> epochs = page.rows("epochs-table");
    assertEquals(5, epochs.size());
    for (EpochRecord epoch : run.epochs()) {
      assertEquals(
          List.of(
              epoch.epoch() + (epoch.epoch() == 5 ? " best" : ""),
              FIGURES.loss(epoch.training().loss()),
              FIGURES.percent(epoch.training().accuracy()),
              FIGURES.loss(epoch.validation().loss()),
              FIGURES.percent(epoch.validation().accuracy()),
              "60,000",
              "4",
              FIGURES.seconds(epoch.seconds()),
              FIGURES.rounded(epoch.imagesPerSecond())),
          epochs.get(epoch.epoch() - 1));
      List<List<String>> matrix = page.rows("matrix-epoch-" + epoch.epoch());
      for (int actual = 0; actual < 10; actual++) {
        List<String> expected = new ArrayList<>(List.of(String.valueOf(actual)));
        for (int predicted = 0; predicted < 10; predicted++) {
          expected.add(String.valueOf(epoch.validation().confusion().count(actual, predicted)));
        }
        assertEquals(expected, matrix.get(actual));
      }
    }
    List<List<String>> classes = page.rows("classes-epoch-5");
    for (ClassScore score : last.validation().confusion().perClass()) {
      assertEquals(
          List.of(
              String.valueOf(score.label()),
              FIGURES.percent(score.precision()),
              FIGURES.percent(score.recall()),
              FIGURES.percent(score.f1()),
              FIGURES.count(score.support())),
          classes.get(score.label()));
    }
    assertEquals(20, page.rows("rounds-table").size());
    assertEquals(5, page.rows("time-table").size());
    assertEquals(
        List.of("1", "relu", "784 × 128", "128", "100,480", "392.5\u00a0KiB"),
        page.rows("network-table").get(0));
    assertTrue(page.contains(run.parametersSha256()));
  }

  /** With patience the model is the best epoch's; the page used to describe the last epoch. */
  @Test
  void describesTheModelThatWasKept() {
    RunRecord run = SampleRuns.stoppedEarly();
    HtmlPage page = HtmlPage.of(run, SampleExamples.tenClasses());

    EpochRecord kept = run.epochs().get(1);
    assertTrue(
        page.contains("<strong class=\"big\">" + FIGURES.percent(kept.validation().accuracy())));
    assertTrue(page.contains("classified rightly after epoch 2."));
    assertTrue(page.contains("After epoch 2: " + FIGURES.percent(kept.validation().accuracy())));
    assertTrue(page.contains("<dd>" + FIGURES.loss(kept.validation().loss())));
    assertEquals(10, page.rows("classes-epoch-2").size());
  }

  @Test
  void listsEverySettingWithItsReason() {
    List<List<String>> settings =
        HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses()).rows("settings-table");

    Map<String, String> values =
        settings.stream().collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    assertEquals("64", values.get("--batch-size"));
    assertEquals("784-128-64-10", values.get("--layers"));
    assertEquals("one-cycle", values.get("--schedule"));
    assertEquals(TrainSettings.OF_A_RUN.size(), values.size());
    assertTrue(
        settings.stream()
            .anyMatch(
                row ->
                    row.get(0).equals("--workers")
                        && row.get(2).endsWith("Chosen because: the cluster has 2 task slots.")),
        settings.toString());
  }

  @Test
  void showsEveryDigitWithItsProbabilities() {
    ReportExamples examples = SampleExamples.tenClasses();
    HtmlPage page = HtmlPage.of(SampleRuns.fiveEpochs(), examples);

    long digits = (long) examples.correct().size() + examples.misclassified().size();
    assertEquals(digits, page.count("alt=\"A handwritten [0-9]\""));
    assertEquals(10 * digits, page.count("<rect class=\"(actual|mistaken|other)\""));
    assertEquals(digits, page.count("<rect class=\"actual\""));
    assertEquals(examples.misclassified().size(), page.count("<rect class=\"mistaken\""));
    assertEquals(128, page.between("<div class=\"units\"", "</div>").count("<img"));
  }

  @Test
  void theBestEpochNeedNotBeTheLast() {
    RunRecord run =
        SampleRuns.run(
            "overfitting",
            RunStatus.COMPLETED,
            10,
            3,
            List.of(
                SampleRuns.epoch(1, 10, 0.4, 0.05),
                SampleRuns.epoch(2, 10, 0.2, 0.02),
                SampleRuns.epoch(3, 10, 0.1, 0.04)),
            List.of());
    HtmlPage page = HtmlPage.of(run, SampleExamples.tenClasses());

    assertEquals("2 best", page.rows("epochs-table").get(1).get(0));
    assertTrue(page.contains("Overfitting since epoch 2:"));
    assertEquals(1, page.count("<summary>Epoch 2: .* <span class=\"tag\">best</span>"));
  }

  @Test
  void scoresOfTheTestImagesStandApart() {
    RunRecord run = SampleRuns.withTest(SampleRuns.fiveEpochs(), 0.02);
    HtmlPage page = HtmlPage.of(run, SampleExamples.tenClasses());

    assertTrue(
        page.contains(
            "<dt>Accuracy on the test images</dt><dd>"
                + FIGURES.percent(run.test().orElseThrow().accuracy())));
    assertEquals(10, page.rows("matrix-test").size());
    assertEquals(10, page.rows("classes-test").size());
  }

  @Test
  void isWrittenInTheRunsLanguage() {
    HtmlPage page =
        HtmlPage.of(
            SampleRuns.inLanguage(SampleRuns.fiveEpochs(), "de"), SampleExamples.tenClasses());

    assertTrue(page.contains("<html lang=\"de\">"));
    assertTrue(page.contains("Wie es gelernt hat"));
    assertTrue(page.contains("109.386"));
  }

  @Test
  void anUnknownLanguageIsWrittenInEnglish() {
    assertTrue(
        HtmlPage.of(
                SampleRuns.inLanguage(SampleRuns.fiveEpochs(), "tlh"), SampleExamples.tenClasses())
            .contains("<html lang=\"en\">"));
  }

  @Test
  void theSameRunGivesTheSameBytesInAnyLocale() {
    HtmlPage before = HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses());
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals(before, HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses()));
    } finally {
      Locale.setDefault(usual);
    }
  }
}
