package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.experiment.GridReport;
import org.shardmean.experiment.GridResult;
import org.shardmean.experiment.SampleGrids;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.SampleExamples;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.Language;
import org.shardmean.run.RunRecord;

/** The report in every language, as a browser draws it on a desk and on a phone. */
class LanguagesBrowserIT extends BrowserTest {
  private static final int DESK = 1200;
  private static final int PHONE = 390;
  private static final int HEIGHT = 900;

  /** A code point of the private use area, for which no ordinary font has a glyph. */
  private static final String WITHOUT_GLYPH = "\\uE123";

  static Stream<Arguments> everyLanguageAndWidth() {
    return Stream.of(Language.values())
        .flatMap(
            language ->
                Stream.of(DESK, PHONE)
                    .flatMap(
                        width ->
                            Stream.of(SampleRuns.fiveEpochs(), SampleRuns.failedAtOnce())
                                .map(run -> Arguments.of(language, width, run))));
  }

  @ParameterizedTest
  @MethodSource("everyLanguageAndWidth")
  void hasAGlyphForEveryCharacterAndFits(Language language, int width, RunRecord run)
      throws IOException {
    assertIsWhole(open(SampleRuns.inLanguage(run, language), width), language, width);
  }

  static Stream<Arguments> everyGridAndWidth() {
    return Stream.of(Language.values())
        .flatMap(
            language ->
                Stream.of(DESK, PHONE)
                    .flatMap(
                        width ->
                            Stream.of(SampleGrids.compared(), SampleGrids.learningRates(true))
                                .map(grid -> Arguments.of(language, width, grid))));
  }

  @ParameterizedTest
  @MethodSource("everyGridAndWidth")
  void aGridHasAGlyphForEveryCharacterAndFits(Language language, int width, GridResult grid)
      throws IOException {
    assertIsWhole(open(GridReport.render(grid, language), width), language, width);
  }

  private static void assertIsWhole(Browser.Page page, Language language, int width) {
    skipWithoutFonts(page, language);
    assertEquals(List.of(), texts(page.evaluate(PageChecks.MISSING_GLYPHS)));
    assertEquals(width, page.evaluate("document.documentElement.scrollWidth").asInt());
    assertEquals(List.of(), texts(page.evaluate(PageChecks.TOO_WIDE)));
    assertEquals(List.of(), texts(page.evaluate(PageChecks.CUT_CAPTIONS)));
    assertEquals(List.of(), page.complaints());
  }

  /** The parts whose texts a script puts together. */
  @ParameterizedTest
  @MethodSource("everyLanguageAndWidth")
  void theScriptLeavesNoPlaceUnfilled(Language language, int width, RunRecord run)
      throws IOException {
    Browser.Page page = open(SampleRuns.inLanguage(run, language), width);
    page.evaluate(
        "document.querySelectorAll('.matrix td, #samples button, #weights .after button,"
            + " .lab button, .pad button').forEach(e => e.click());"
            + "document.querySelectorAll('select').forEach(s => [...s.options].forEach(o => {"
            + " s.value = o.value; s.dispatchEvent(new Event('change')); }));");

    String shown = page.evaluate("document.body.innerText").asText();
    for (String fault : List.of("undefined", "NaN", "{0}", "{1}", "{2}")) {
      assertFalse(shown.contains(fault), fault);
    }
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void aCharacterWithoutAGlyphIsFound() throws IOException {
    Browser.Page page = open(SampleRuns.fiveEpochs(), DESK);
    page.evaluate("document.body.append('a" + WITHOUT_GLYPH + "b')");

    List<String> missing = texts(page.evaluate(PageChecks.MISSING_GLYPHS));
    assertEquals(1, missing.size(), missing.toString());
    assertTrue(missing.get(0).startsWith("U+E123 "), missing.toString());
  }

  /** In CI they must be there; .ci/run installs them. */
  private static void skipWithoutFonts(Browser.Page page, Language language) {
    boolean isThere = language != Language.JA || page.evaluate(PageChecks.HAS_KANJI).asBoolean();
    if (!isThere) {
      assertFalse(
          System.getenv().containsKey("CI"),
          "CI must have a Japanese font: install fonts-ipafont-gothic");
    }
    assumeTrue(isThere, "no Japanese font is installed");
  }

  private static Browser.Page open(RunRecord run, int width) throws IOException {
    return open(HtmlReport.render(run, SampleExamples.of(run)), width);
  }

  private static Browser.Page open(String html, int width) throws IOException {
    Path file = Files.createTempFile(folder, "report", ".html");
    Files.writeString(file, html);
    Browser.Page page = browser.open(file, width, HEIGHT, "light");
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    return page;
  }
}
