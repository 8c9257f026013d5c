package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.report.RunsReport;
import org.shardmean.report.SampleFolders;
import org.shardmean.report.SampleRuns;
import org.shardmean.report.SavedRun;
import org.shardmean.run.Language;

/** {@code report} of several runs: from the command to the page in a browser. */
class RunsBrowserIT extends BrowserTest {
  private static final int DESK = 1200;
  private static final int PHONE = 390;
  private static final int HEIGHT = 900;

  private static List<SavedRun> runs;

  @BeforeAll
  static void writeTheReports() throws IOException {
    runs =
        List.of(
            SampleFolders.saved(folder.resolve("first"), SampleRuns.fiveEpochs()),
            SampleFolders.saved(folder.resolve("second"), SampleRuns.stoppedEarly()),
            SampleFolders.saved(
                folder.resolve("third"),
                SampleRuns.completed("<b>" + "x".repeat(120) + "</b>", 10, 9)));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void itFitsAndCanBeReadInEveryLanguage(Language language) throws IOException {
    Path file = folder.resolve("comparison-" + language + ".html");
    Files.writeString(file, RunsReport.render(runs, language));
    for (int width : new int[] {DESK, PHONE}) {
      for (String scheme : List.of("light", "dark")) {
        Browser.Page page = browser.open(file, width, HEIGHT, scheme);

        assertEquals(width, page.evaluate("document.documentElement.scrollWidth").asInt());
        assertEquals(List.of(), texts(page.evaluate(PageChecks.TOO_WIDE)));
        assertEquals(List.of(), texts(page.evaluate(PageChecks.LOW_CONTRAST)));
        assertEquals(List.of(), texts(page.evaluate(PageChecks.PALE_DRAWINGS)));
        assertEquals(
            4, page.evaluate("document.querySelectorAll('figure svg.chart').length").asInt());
        assertFalse(page.evaluate("document.body.innerText").asText().contains("{0}"));
        assertEquals(List.of(), page.complaints());
        assertEquals(List.of(), ReportBrowserIT.seriousIn(page));
      }
    }
  }

  @Test
  void theCommandWritesItAndTheReportOfOneRunAgain() throws Exception {
    Launcher launcher = new Launcher(folder);

    Finished compared = launcher.run("report", "first", "second", "--out", "both");
    Finished again = launcher.run("report", "first", "--lang", "de");

    assertEquals(0, compared.exitCode(), compared.err());
    assertTrue(compared.out().contains("Run 2 and run 1 "), compared.out());
    assertTrue(Files.exists(folder.resolve("both/comparison.html")));
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(
        Files.readString(folder.resolve("first/report.html")).contains("<html lang=\"de\">"));
  }

  @Test
  void whatIsNoRunIsRefusedInOneLine() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Launcher launcher = new Launcher(folder);

    Finished empty = launcher.run("report", "empty", "first");
    Finished none = launcher.run("report");

    assertEquals(3, empty.exitCode(), empty.err());
    assertEquals(1, empty.err().lines().count(), empty.err());
    assertTrue(empty.err().contains("found no result.json"), empty.err());
    assertEquals(2, none.exitCode(), none.err());
    assertTrue(none.err().startsWith("error: RUN: expected the folder of a run"), none.err());
  }
}
