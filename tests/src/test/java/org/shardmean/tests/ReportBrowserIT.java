package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.ReportExamples;
import org.shardmean.report.SampleExamples;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.RunRecord;

/** The report in a real browser. */
class ReportBrowserIT {
  /** The narrowest window that the page is made for. */
  private static final int PHONE = 360;

  private static final int DESK = 1280;
  private static final int HEIGHT = 900;

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void startTheBrowser() throws IOException {
    browser =
        Browser.start(
            Installed.orSkip("chromium", "chromium-browser", "google-chrome"),
            Files.createDirectory(folder.resolve("profile")));
  }

  @AfterEach
  void closePages() {
    browser.closePages();
  }

  @AfterAll
  static void endTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  static Stream<RunRecord> runs() {
    RunRecord usual = SampleRuns.fiveEpochs();
    return Stream.of(
        usual,
        SampleRuns.inLanguage(usual, "de"),
        SampleRuns.withTest(SampleRuns.notMnist(), 0.02),
        SampleRuns.completed("twenty epochs", 10, 20),
        SampleRuns.completed("62 classes", 62, 2),
        SampleRuns.completed("x".repeat(200) + "<script>alert(1)</script>", 10, 1),
        SampleRuns.diverged(),
        SampleRuns.failedAtOnce());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void complainsOfNothingAndAsksForNothing(RunRecord run) {
    Browser.Page page = open(run, DESK, "light");

    assertEquals(List.of(), page.complaints());
    assertEquals(
        List.of(),
        page.requests().stream().skip(1).filter(asked -> !asked.startsWith("data:")).toList());
    assertTrue(page.requests().get(0).startsWith("file:"));
  }

  @Test
  void itsPolicyIsInForce() {
    Browser.Page page = open(SampleRuns.fiveEpochs(), DESK, "light");
    page.evaluate(
        "document.body.setAttribute('style', 'color: red');"
            + "document.body.append(Object.assign(document.createElement('script'),"
            + " {textContent: 'document.title = 1'}));"
            + "new Promise(done => Object.assign(document.body.appendChild("
            + "document.createElement('img')), {onerror: done, src: 'file:///x.png'}))"
            + ".then(() => 0)");

    assertEquals(3, page.complaints().size(), page.complaints().toString());
    assertTrue(page.complaints().stream().allMatch(c -> c.contains("Content Security Policy")));
    assertTrue(page.evaluate("document.title").asText().endsWith("Shardmean run report"));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void fitsANarrowWindow(RunRecord run) {
    Browser.Page page = open(run, PHONE, "light");
    openAllDetails(page);

    assertEquals(PHONE, page.evaluate("document.documentElement.scrollWidth").asInt());
    assertEquals(List.of(), texts(page.evaluate(TOO_WIDE)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void itsTextsStandOutFromTheirGround(RunRecord run) {
    for (String scheme : List.of("light", "dark")) {
      Browser.Page page = open(run, DESK, scheme);
      openAllDetails(page);

      assertTrue(
          page.evaluate("matchMedia('(prefers-color-scheme: " + scheme + ")').matches")
              .asBoolean());
      assertEquals(List.of(), texts(page.evaluate(LOW_CONTRAST)), scheme);
    }
  }

  @Test
  void everyControlIsReachedByTheKeyboardInItsOrder() {
    Browser.Page page = open(SampleRuns.fiveEpochs(), PHONE, "light");
    List<String> expected =
        texts(
            page.evaluate(
                "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')]"
                    + ".filter(e => e.matches('summary') || !e.closest('details'))"
                    + ".map("
                    + NAMED
                    + ")"));
    List<String> reached = new ArrayList<>();
    for (int press = 0; press < expected.size(); press++) {
      page.pressTab();
      reached.add(page.evaluate("(" + NAMED + ")(document.activeElement)").asText());
      assertTrue(
          page.evaluate("getComputedStyle(document.activeElement).outlineStyle != 'none'")
              .asBoolean(),
          "no outline around " + reached.get(press));
    }
    assertEquals(expected, reached);
    assertTrue(expected.size() > 15, expected.toString());
  }

  @Test
  void everyMatrixCanBeOpenedAndShowsItsCells() {
    Browser.Page page = open(SampleRuns.fiveEpochs(), DESK, "light");
    String shown =
        "[...document.querySelectorAll('table.matrix td[class]')]"
            + ".filter(cell => cell.checkVisibility()).length";

    assertEquals(100, page.evaluate(shown).asInt());
    openAllDetails(page);
    assertEquals(500, page.evaluate(shown).asInt());
  }

  @Test
  void theCurvesAreDrawnWithinTheirFrame() {
    Browser.Page page = open(SampleRuns.completed("twenty epochs", 10, 20), DESK, "light");

    assertEquals(
        List.of(),
        texts(
            page.evaluate(
                "[...document.querySelectorAll('figure svg.chart')].flatMap(svg => {"
                    + " const frame = svg.getBoundingClientRect();"
                    + " return [...svg.querySelectorAll('path, circle, rect, text')]"
                    + " .map(e => [e, e.getBoundingClientRect()])"
                    + " .filter(([e, r]) => r.left < frame.left - 2 || r.right > frame.right + 2"
                    + " || r.top < frame.top - 2 || r.bottom > frame.bottom + 2)"
                    + " .map(([e]) => e.outerHTML); })")));
    assertEquals(
        80,
        page.evaluate("document.querySelectorAll('figure svg.chart :is(circle, rect)').length")
            .asInt());
  }

  @Test
  void aPictureOfItIsNotEmpty() {
    byte[] light = open(SampleRuns.fiveEpochs(), DESK, "light").screenshot();
    byte[] dark = open(SampleRuns.fiveEpochs(), DESK, "dark").screenshot();

    assertTrue(light.length > 50_000 && dark.length > 50_000);
    assertFalse(Arrays.equals(light, dark));
  }

  /** Elements that stick out of the window to the right, outside a region that scrolls. */
  private static final String TOO_WIDE =
      "[...document.body.querySelectorAll('*')]"
          + ".filter(e => !e.closest('.scroll *') && !e.closest('svg') && !e.matches('.skip'))"
          + ".filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)"
          + ".map(e => e.outerHTML.slice(0, 200))";

  /** What an element is called here. */
  private static final String NAMED =
      "e => e.tagName + ' ' + (e.getAttribute('href') || e.getAttribute('aria-labelledby')"
          + " || e.textContent.trim())";

  /**
   * Texts whose contrast with what is behind them is under 4.5 (WCAG 2.2, success criterion 1.4.3),
   * by its formula of relative luminance. Backgrounds that let others through are mixed.
   */
  private static final String LOW_CONTRAST =
      "(() => {"
          + "const numbers = c => c.match(/[\\d.]+/g).map(Number);"
          + "const over = (top, under) => { const a = top.length > 3 ? top[3] : 1;"
          + " return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };"
          + "const ground = e => { if (!e) return [255, 255, 255];"
          + " return over(numbers(getComputedStyle(e).backgroundColor), ground(e.parentElement)); };"
          + "const luminance = c => { const [r, g, b] = c.map(v => v / 255)"
          + " .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);"
          + " return 0.2126 * r + 0.7152 * g + 0.0722 * b; };"
          + "const low = new Set();"
          + "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
          + "while (walker.nextNode()) { const e = walker.currentNode.parentElement;"
          + " if (!walker.currentNode.textContent.trim() || e.matches('title, desc')) continue;"
          + " const behind = ground(e);"
          + " const style = getComputedStyle(e);"
          + " const ink = e.closest('svg') ? style.fill : style.color;"
          + " const [a, b] = [luminance(over(numbers(ink), behind)), luminance(behind)]"
          + " .sort((x, y) => y - x);"
          + " const ratio = (a + 0.05) / (b + 0.05);"
          + " if (ratio < 4.5) low.add(e.tagName + '.' + e.getAttribute('class') + ' '"
          + " + ratio.toFixed(2)); }"
          + "return [...low]; })()";

  private static Browser.Page open(RunRecord run, int width, String scheme) {
    ReportExamples examples =
        run.epochs().isEmpty() ? ReportExamples.none(28, 28) : SampleExamples.tenClasses();
    try {
      Path file = Files.createTempFile(folder, "report", ".html");
      Files.writeString(file, HtmlReport.render(run, examples));
      return browser.open(file, width, HEIGHT, scheme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void openAllDetails(Browser.Page page) {
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
