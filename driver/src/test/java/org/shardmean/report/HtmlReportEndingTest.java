package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.run.ShownImages;

/** How a run ended, and what must be known of it first. */
class HtmlReportEndingTest {
  @Test
  void saysLoudlyWhatIsNotMnist() {
    HtmlPage page = HtmlPage.of(SampleRuns.notMnist(), SampleExamples.tenClasses());

    HtmlPage notice = page.between("<section class=\"notice\"", "</section>");
    assertTrue(notice.contains("These are not MNIST's figures"), notice.text());
    assertTrue(page.text().indexOf("class=\"notice\"") < page.text().indexOf("class=\"lead\""));
    assertTrue(page.contains("This is not MNIST. Do not compare the figures with those of MNIST."));
  }

  @Test
  void aRunWithNothingToNoticeHasNoNotice() {
    assertFalse(
        HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses())
            .contains("class=\"notice\""));
  }

  @Test
  void saysThatARunDiverged() {
    HtmlPage page = HtmlPage.of(SampleRuns.diverged(), SampleExamples.tenClasses());

    assertTrue(page.contains("This run diverged"));
    assertTrue(page.contains("The run diverged: in epoch 2 the training loss is NaN"));
    assertEquals("NaN", page.rows("epochs-table").get(1).get(1));
    assertFalse(page.between("chart-loss-caption", "</figure>").contains("d=\"MNaN"));
  }

  @Test
  void aRunWithoutEpochsHasAPageAllTheSame() {
    HtmlPage page = HtmlPage.of(SampleRuns.failedAtOnce(), ShownImages.none(28, 28, 10));

    assertTrue(page.contains("This run failed"));
    assertTrue(page.contains("No epoch was completed."));
    assertEquals(0, page.count("class=\"matrix\""));
  }

  @Test
  void saysThatARunStoppedEarly() {
    RunRecord run =
        SampleRuns.run(
            "early", RunStatus.STOPPED_EARLY, 10, 9, SampleRuns.fiveEpochs().epochs(), List.of());
    HtmlPage page = HtmlPage.of(run, SampleExamples.tenClasses());

    assertTrue(
        page.contains(
            "Training stopped early, because 0 epochs in a row did not improve the validation"));
    assertFalse(page.contains("class=\"notice\""));
  }
}
