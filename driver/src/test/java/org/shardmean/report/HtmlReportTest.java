package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ClassScore;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Language;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.run.ShownImages;
import org.shardmean.run.Validation;
import org.shardmean.settings.TrainSettings;

/** What a report says of a run, and in which language. */
class HtmlReportTest {
  private static final Figures FIGURES = new Figures(Locale.ENGLISH);

  @Test
  void whatDisturbedARunIsInItsTimeSectionAsText() {
    HtmlPage page = HtmlPage.of(SampleRuns.disturbed(), SampleExamples.tenClasses());

    assertTrue(page.contains("What disturbed the run"));
    assertTrue(
        page.contains(
            "<li>Executor 1 was lost in epoch 2, round 3 (&lt;b&gt;137&lt;/b&gt;); its work was repeated, 2.1 s</li>"));
    assertFalse(
        HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses())
            .contains("What disturbed the run"));
  }

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
              epoch.epoch() + (epoch.epoch() == 5 ? " best saved" : ""),
              FIGURES.loss(epoch.training().loss()),
              FIGURES.percent(epoch.training().accuracy()),
              FIGURES.loss(epoch.validation().loss()),
              FIGURES.percent(epoch.validation().accuracy()),
              "60,000",
              "4",
              FIGURES.seconds(epoch.seconds()),
              FIGURES.rounded(epoch.imagesPerSecond())),
          epochs.get(epoch.epoch() - 1));
    }
    List<List<String>> matrix = page.rows("matrix-saved");
    for (int actual = 0; actual < 10; actual++) {
      List<String> expected = new ArrayList<>(List.of(String.valueOf(actual)));
      for (int predicted = 0; predicted < 10; predicted++) {
        expected.add(String.valueOf(last.validation().confusion().count(actual, predicted)));
      }
      assertEquals(expected, matrix.get(actual));
    }
    List<List<String>> classes = page.rows("classes-saved");
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
  void showsEveryImageWithItsProbabilities() {
    ShownImages images = SampleExamples.tenClasses();
    HtmlPage page = HtmlPage.of(SampleRuns.fiveEpochs(), images);

    int mistakes = images.examination().misclassified().size();
    int shown = mistakes + images.examination().correct().size();
    assertEquals(shown, page.count("<li data-cell="));
    int ofWorkers = images.workers().stream().mapToInt(share -> share.samples().size()).sum();
    assertEquals(20, ofWorkers);
    assertEquals(
        shown + images.samples().size() + ofWorkers, page.count("alt=\"An image of class [0-9]\""));
    assertEquals(10L * shown, page.count("<rect class=\"(actual|mistaken|other)\""));
    assertEquals(shown, page.count("<rect class=\"actual\""));
    assertEquals(mistakes, page.count("<rect class=\"mistaken\""));
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
                SampleEpochs.epoch(1, 10, 0.4, 0.05),
                SampleEpochs.epoch(2, 10, 0.2, 0.02),
                SampleEpochs.epoch(3, 10, 0.1, 0.04)),
            List.of());
    HtmlPage page = HtmlPage.of(run, SampleExamples.tenClasses());

    assertEquals("2 best", page.rows("epochs-table").get(1).get(0));
    assertEquals("3 saved", page.rows("epochs-table").get(2).get(0));
    assertTrue(page.contains("The network overfits since epoch 2:"));
  }

  /** With patience the model is the best epoch's; the page used to describe the last epoch. */
  @Test
  void withPatienceEverythingDescribesTheEpochThatWasSaved() {
    RunRecord run = SampleRuns.stoppedEarly();
    HtmlPage page = HtmlPage.of(run, SampleExamples.of(run));

    EpochRecord best = run.epochs().get(1);
    String accuracy = FIGURES.percent(best.validation().accuracy());
    assertTrue(page.contains("<strong class=\"big\">" + accuracy));
    assertTrue(page.contains("classified correctly by the saved model, that of epoch 2."));
    assertTrue(page.contains("<dd>" + FIGURES.loss(best.validation().loss()) + "</dd>"));
    assertEquals("2 best saved", page.rows("epochs-table").get(1).get(0));
    assertEquals("3", page.rows("epochs-table").get(2).get(0));
    assertEquals(
        String.valueOf(best.validation().confusion().count(0, 0)),
        page.rows("matrix-saved").get(0).get(1));
    assertTrue(page.contains("<h3>The saved model, epoch 2: " + accuracy));
    long mistakes = best.validation().confusion().total() - best.validation().confusion().correct();
    assertTrue(page.contains(" of " + FIGURES.count(mistakes) + " misclassified images"));
    assertTrue(page.contains("Training stopped early, because 2 epochs in a row did not improve"));
  }

  @Test
  void accuracyHasItsConfidenceInterval() {
    HtmlPage page = HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses());

    assertTrue(
        page.contains("With 95% confidence, the true accuracy is between 97.55% and 98.12%."));
  }

  @Test
  void aSetThatValidatesAndTestsIsListedOnce() {
    HtmlPage onTest = HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses());
    RunRecord run = SampleRuns.withTest(SampleRuns.fiveEpochs(), 0.02);
    HtmlPage heldOut =
        HtmlPage.of(
            SampleRuns.withConfig(run, run.config().withValidation(new Validation(0.1))),
            SampleExamples.tenClasses());

    assertFalse(onTest.contains("<dt>Validation images</dt>"));
    assertEquals(4, onTest.rows("counts-table").get(0).size());
    assertTrue(heldOut.contains("<dt>Validation images</dt>"));
    assertEquals(5, heldOut.rows("counts-table").get(0).size());
  }

  @Test
  void classesOfOneSizeAreNotOrderedBySize() {
    ShownImages images = SampleExamples.tenClasses();
    ShownImages even =
        new ShownImages(
            images.height(),
            images.width(),
            Collections.nCopies(10, 200L),
            images.samples(),
            images.examination(),
            images.answers(),
            images.workers());

    HtmlPage balanced = HtmlPage.of(SampleRuns.fiveEpochs(), even);

    assertTrue(balanced.contains("All classes have the same number of training images: 200."));
    assertFalse(balanced.contains("The smallest class has"));
    assertTrue(HtmlPage.of(SampleRuns.fiveEpochs(), images).contains("The smallest class has"));
  }

  @Test
  void saysHowManyImagesAWorkerHas() {
    RunRecord run = SampleRuns.fiveEpochs();
    RunRecord uneven =
        SampleRuns.withConfig(
            run, run.config().withAveraging(run.config().averaging().withWorkers(7)));

    assertTrue(
        HtmlPage.of(run, SampleExamples.of(run)).contains("Each worker has 30,000 training"));
    assertTrue(
        HtmlPage.of(uneven, SampleExamples.of(run))
            .contains("Each worker has 8,571 or 8,572 training images."));
    RunRecord alone = SampleRuns.alone(run);
    assertFalse(HtmlPage.of(alone, SampleExamples.of(run)).contains("Each worker has"));
  }

  @Test
  void saysWhereLabelSmoothingKeepsProbabilities() {
    RunRecord run = SampleRuns.fiveEpochs();
    RunRecord smoothed =
        SampleRuns.withConfig(
            run, run.config().withLocal(run.config().local().withLabelSmoothing(0.1)));

    assertFalse(HtmlPage.of(run, SampleExamples.of(run)).contains("Label smoothing of"));
    assertTrue(
        HtmlPage.of(smoothed, SampleExamples.of(run))
            .contains(
                "Label smoothing of 10% trains the network to give the actual class a probability"
                    + " of 91%"));
  }

  @Test
  void classesWithoutImagesAreNamed() {
    RunRecord run = SampleRuns.shaped("six", 20, 12, 6, 2, Set.of(2, 5));

    assertTrue(
        HtmlPage.of(run, SampleExamples.of(run))
            .contains("Test images: there are none of class 2, 5."));
  }

  @Test
  void theCommandBreaksOnlyBetweenOptions() {
    HtmlPage page = HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses());

    assertTrue(
        page.contains(
            "<span>deploy/submit train</span> <span>--name 'lecture'</span> <span>--workers 2"),
        page.between("<pre class=\"command\"", "</pre>").text());
  }

  @Test
  void sizesAreWrittenWithATimesSign() {
    for (String name : List.of("five", "german", "20x12", "200x200")) {
      HtmlPage page = SamplePages.page(SamplePages.runs().get(name));
      assertEquals(0, page.count(">[^<]*\\d ?x ?\\d[^<]*<"), name);
    }
  }

  @Test
  void nothingIsCountedWithTheWrongForm() {
    RunRecord run = SampleRuns.alone(SampleRuns.completed("alone", 10, 1));
    HtmlPage page = HtmlPage.of(run, SampleExamples.of(run));

    assertTrue(page.contains("Trained by one logical worker on local[1] with one task slot."));
    assertEquals(
        0,
        page.count("\\b1 (logical )?(workers|rounds|epochs|images|task slots|moments|units)\\b"));
  }

  /** The largest there may be: the page must still open at once and be sent by mail. */
  @Test
  void thePageOfAnyRunIsSmall() {
    RunRecord run = SampleRuns.shaped("large", 200, 200, 256, 40, Set.of());
    HtmlPage page = HtmlPage.of(run, SampleExamples.noisy(run));

    assertTrue(page.text().length() < 4_000_000, "bytes: " + page.text().length());
    RunRecord longRun = SampleRuns.completed("long", 10, 1_500);
    int bytes = HtmlPage.of(longRun, SampleExamples.of(longRun)).text().length();
    assertTrue(bytes < 3_000_000, "bytes: " + bytes);
  }

  /** It is written to be read by students. */
  @Test
  void theScriptIsShort() {
    RunRecord run = SampleRuns.fiveEpochs();
    long bytes =
        Pattern.compile("(?s)<script>(.*?)</script>")
            .matcher(HtmlPage.of(run, SampleExamples.of(run)).text())
            .results()
            .mapToLong(script -> script.group(1).getBytes(StandardCharsets.UTF_8).length)
            .sum();
    assertTrue(bytes > 30_000 && bytes < 60_000, "bytes: " + bytes);
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
            SampleRuns.inLanguage(SampleRuns.fiveEpochs(), Language.DE),
            SampleExamples.tenClasses());

    assertTrue(page.contains("<html lang=\"de\">"));
    assertTrue(page.contains("Wie es gelernt hat"));
    assertTrue(page.contains("109.386"));
  }

  @Test
  void japaneseHasItsOwnPunctuationAndNoPlurals() {
    HtmlPage page =
        HtmlPage.of(
            SampleRuns.inLanguage(SampleRuns.fiveEpochs(), Language.JA),
            SampleExamples.tenClasses());

    assertTrue(page.contains("<html lang=\"ja\">"));
    assertTrue(page.contains("混同行列"));
    assertTrue(page.contains("</bdi>。"));
    assertTrue(page.contains("0：0.0%、1："), "probabilities in words");
    assertTrue(page.contains("109,386"));
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
