package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.run.Language;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/** The report of a network without classes has errors, and neither holes nor accuracies. */
class AutoencoderReportTest {
  private static final RunRecord RUN = SampleRuns.autoencoder();

  private static HtmlPage page(RunRecord run) {
    return HtmlPage.of(run, ShownImages.none(20, 12, 6));
  }

  @Test
  void beginsWithTheErrorAndListsItByEpoch() {
    HtmlPage page = page(RUN);

    assertTrue(page.contains("<strong class=\"big\">0.00625</strong>"));
    assertTrue(page.contains("0.00654"), "the error on the test images");
    List<String> third = page.rows("epochs-table").get(2);
    assertEquals(List.of("3 best saved", "0.00667", "0.00625", "60,000"), third.subList(0, 4));
    assertEquals(7, third.size());
  }

  @Test
  void leavesOutWhatIsAboutClasses() {
    HtmlPage page = page(RUN);

    for (String section : List.of("confusion", "examples", "confidence")) {
      assertFalse(page.contains("href=\"#" + section + "\""), section);
      assertFalse(page.contains("id=\"" + section + "\""), section);
    }
    assertFalse(page.contains("chart-accuracy"));
    assertTrue(page.contains("There is no drawing pad: it shows what a classifier reads."));
    assertFalse(page.contains("data-weights"));
  }

  @Test
  void showsWhatIsGivenBack() {
    HtmlPage page = HtmlPage.of(RUN, SampleExamples.of(RUN));

    assertTrue(page.contains("href=\"#code\""));
    List<String> errors = page.rows("errors-table").stream().map(row -> row.get(2)).toList();
    assertEquals(List.of("0.00200", "0.00400", "0.00800", "0.01000", "0.01200"), errors);
    assertTrue(page.contains("Images of class 0 are the easiest to give back (error 0.00200)"));
    assertTrue(page.contains("these have 38% of all variance"));
    assertFalse(page(RUN).contains("href=\"#code\""), "without images there is no such section");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void hasNoNumberThatIsNone(Language language) {
    RunRecord run = SampleRuns.inLanguage(RUN, language);
    HtmlPage page = HtmlPage.of(run, SampleExamples.of(run));

    assertFalse(page.contains("NaN"), language.toString());
    assertFalse(page.contains(Texts.of(language).text("epochs.accuracy") + "</th>"));
  }
}
