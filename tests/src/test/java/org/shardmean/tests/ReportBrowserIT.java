package org.shardmean.tests;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.SampleExamples;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.Language;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/** The report in a real browser. */
class ReportBrowserIT extends BrowserTest {
  /** The narrowest window that the page is made for. */
  private static final int PHONE = 360;

  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private static final int DESK = 1280;
  private static final int HEIGHT = 900;

  private static final RunRecord FIVE = SampleRuns.fiveEpochs();

  private static final RunRecord AUTOENCODER = SampleRuns.autoencoder();

  private static final List<RunRecord> RUNS =
      List.of(
          FIVE,
          SampleRuns.inLanguage(FIVE, Language.DE),
          SampleRuns.inLanguage(FIVE, Language.JA),
          SampleRuns.withTest(SampleRuns.notMnist(), 0.02),
          SampleRuns.completed("twenty epochs", 10, 20),
          SampleRuns.completed("62 classes", 62, 2),
          SampleRuns.shaped("20 × 12, six classes", 20, 12, 6, 3, Set.of(2)),
          SampleRuns.shaped("1 × 1, two classes", 1, 1, 2, 2, Set.of()),
          SampleRuns.shaped("200 × 200", 200, 200, 3, 2, Set.of()),
          SampleRuns.shaped("256 classes", 16, 16, 256, 3, Set.of(0, 255)),
          SampleRuns.completed("x".repeat(200) + "<script>alert(1)</script>", 10, 1),
          AUTOENCODER,
          SampleRuns.diverged(),
          SampleRuns.failedAtOnce());

  /** Every report is written once. */
  private static final IdentityHashMap<RunRecord, Path> FILES = new IdentityHashMap<>();

  static Stream<RunRecord> runs() {
    return RUNS.stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void loadsNothingAndCanBeReadInLightAndDark(RunRecord run) {
    for (String scheme : List.of("light", "dark")) {
      Browser.Page page = open(run, DESK, scheme);

      assertEquals(List.of(), page.complaints());
      assertTrue(page.requests().get(0).startsWith("file:"));
      assertEquals(
          List.of(),
          page.requests().stream().skip(1).filter(asked -> !asked.startsWith("data:")).toList());
      openAllDetails(page);
      assertTrue(
          page.evaluate("matchMedia('(prefers-color-scheme: " + scheme + ")').matches")
              .asBoolean());
      assertEquals(List.of(), texts(page.evaluate(PageChecks.LOW_CONTRAST)), scheme);
      assertEquals(List.of(), texts(page.evaluate(PageChecks.PALE_DRAWINGS)), scheme);
    }
  }

  @Test
  void itsPolicyIsInForce() {
    Browser.Page page = open(FIVE, DESK, "light");
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

  /** WCAG's rules as axe-core checks them, wherever and however the page is read. */
  @ParameterizedTest
  @CsvSource({"1200, light, false", "1200, dark, false", "390, light, false", "1200, light, true"})
  void axeFindsNothingSerious(int width, String scheme, boolean isPrinted) throws IOException {
    for (RunRecord run : List.of(FIVE, AUTOENCODER)) {
      Browser.Page page = open(run, width, scheme);
      if (isPrinted) {
        page.print();
      }
      openAllDetails(page);

      assertEquals(List.of(), seriousIn(page));
    }
  }

  /** What axe-core finds in a page that is serious or worse. */
  static List<String> seriousIn(Browser.Page page) throws IOException {
    page.evaluate(axe() + "; 0");
    return texts(
        page.evaluate(
            "axe.run({resultTypes: ['violations']}).then(found => found.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".flatMap(v => v.nodes.slice(0, 3).map(node =>"
                + " v.id + ': ' + node.target + ' ' + node.html.slice(0, 200))))"));
  }

  private static String axe() throws IOException {
    try (InputStream in = requireNonNull(ReportBrowserIT.class.getResourceAsStream(AXE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void fitsANarrowWindow(RunRecord run) {
    Browser.Page page = open(run, PHONE, "light");
    openAllDetails(page);

    assertEquals(PHONE, page.evaluate("document.documentElement.scrollWidth").asInt());
    assertEquals(List.of(), texts(page.evaluate(PageChecks.TOO_WIDE)));
  }

  @Test
  void everyControlIsReachedByTheKeyboardInItsOrder() {
    Browser.Page page = open(FIVE, PHONE, "light");
    List<String> expected =
        texts(
            page.evaluate(
                "[...document.querySelectorAll('a[href], summary, button, [tabindex=\"0\"], select,"
                    + " input:not([type=radio]), input[type=radio]:checked')]"
                    + ".filter(e => e.matches('summary') || !e.closest('details'))"
                    + ".filter(e => e.checkVisibility())"
                    + ".map("
                    + PageChecks.NAMED
                    + ")"));
    List<String> reached = new ArrayList<>();
    for (int press = 0; press < expected.size(); press++) {
      page.press(Browser.Key.TAB);
      reached.add(page.evaluate("(" + PageChecks.NAMED + ")(document.activeElement)").asText());
      assertTrue(
          page.evaluate("getComputedStyle(document.activeElement).outlineStyle != 'none'")
              .asBoolean(),
          "no outline around " + reached.get(press));
    }
    assertEquals(expected, reached);
    assertTrue(expected.size() > 60, expected.toString());
    assertTrue(expected.contains("INPUT epoch"), expected.toString());
  }

  @Test
  void aUnitShowsTheImagesThatExciteIt() {
    Browser.Page page = open(FIVE, DESK, "light");
    assertEquals(
        128, page.evaluate("document.querySelectorAll('#weights .after button').length").asInt());
    page.evaluate("document.querySelectorAll('#weights .after button')[4].click()");

    String panel = "document.getElementById('exciting')";
    assertEquals(
        "Unit 5 of the first layer is excited most by these images of this page",
        page.evaluate(panel + ".querySelector('p').textContent").asText());
    assertEquals(8, page.evaluate(panel + ".querySelectorAll('img[alt]').length").asInt());
    assertEquals(
        1,
        page.evaluate("document.querySelectorAll('#weights [aria-pressed=true]').length").asInt());
  }

  @Test
  void theWeightsOfEveryUnitCanBeSeenAsNumbers() {
    Browser.Page page = open(FIVE, DESK, "light");
    openAllDetails(page);
    assertEquals(
        28,
        page.evaluate("document.querySelector('#matrix pre').textContent.split('\\n').length")
            .asInt());
    page.evaluate(
        "(() => { const select = document.querySelector('#matrix select'); select.value = '2';"
            + " select.dispatchEvent(new Event('input'));"
            + " const unit = document.querySelector('#matrix input'); unit.value = 64;"
            + " unit.dispatchEvent(new Event('input')); })()");

    int layer = 785 * 128;
    float[] parameters = FIVE.parameters();
    assertEquals(
        "Layer 2, unit 64 of 64: weights of 128 inputs; bias "
            + written(parameters[layer + 128 * 64 + 63]),
        page.evaluate("document.getElementById('matrix-title').textContent").asText());
    List<String> shown =
        List.of(
            page.evaluate("document.querySelector('#matrix pre').textContent")
                .asText()
                .strip()
                .split("\\s+"));
    assertEquals(128, shown.size());
    for (int i = 0; i < 128; i++) {
      assertEquals(written(parameters[layer + 63 * 128 + i]), shown.get(i));
    }
    assertEquals(List.of(), page.complaints());
  }

  private static String written(float value) {
    return String.format(Locale.ROOT, "%.3f", value).replace("-", "\u2212");
  }

  @Test
  void everySampleCanBeSeenAsItsNumbers() {
    ShownImages images = SampleExamples.of(FIVE);
    Browser.Page page = open(FIVE, DESK, "light");

    for (int i : new int[] {0, 7, 39}) {
      page.evaluate("document.querySelectorAll('#samples button')[" + i + "].click()");
      byte[] pixels = images.samples().get(i).image().pixels();
      String numbers = page.evaluate("document.querySelector('#numbers pre').textContent").asText();
      assertEquals(
          IntStream.range(0, pixels.length).mapToObj(p -> "" + (pixels[p] & 0xff)).toList(),
          List.of(numbers.trim().split("\\s+")));
      assertEquals(28, numbers.lines().count());
      assertTrue(page.evaluate("document.getElementById('numbers').open").asBoolean());
    }
  }

  @Test
  void withoutItsScriptItReads() throws IOException {
    Path file = Files.createTempFile(folder, "plain", ".html");
    String whole = HtmlReport.render(FIVE, SampleExamples.of(FIVE));
    Files.writeString(file, whole.replaceAll("(?s)<script>.*?</script>", ""));
    Browser.Page page = browser.open(file, DESK, HEIGHT, "light");

    assertEquals(100, page.evaluate(MatrixBrowserIT.CELLS + ".length").asInt());
    for (String part : List.of(".controls", "#found", "#exciting", ".more")) {
      assertFalse(
          page.evaluate("document.querySelector('" + part + "').checkVisibility()").asBoolean(),
          part + " needs the script");
    }
    assertEquals(
        0,
        page.evaluate(
                "[...document.querySelectorAll('button, input, select')]"
                    + ".filter(e => e.checkVisibility()).length")
            .asInt());
  }

  @Test
  void theCurvesAreDrawnWithinTheirFrame() {
    Browser.Page page = open(SampleRuns.completed("twenty epochs", 10, 20), DESK, "light");

    assertEquals(
        List.of(),
        texts(
            page.evaluate(
                "[...document.querySelectorAll('#learning ~ * svg.chart')].flatMap(svg => {"
                    + " const frame = svg.getBoundingClientRect();"
                    + " return [...svg.querySelectorAll('path, circle, rect, text')]"
                    + " .map(e => [e, e.getBoundingClientRect()])"
                    + " .filter(([e, r]) => r.left < frame.left - 2 || r.right > frame.right + 2"
                    + " || r.top < frame.top - 2 || r.bottom > frame.bottom + 2)"
                    + " .map(([e]) => e.outerHTML); })")));
    int ofEpochs = 2 * 2 * 20; // Two charts with two curves of twenty epochs.
    int ofRounds = 2 * 20 * 4; // Two charts with a curve of four rounds in each epoch.
    assertEquals(
        ofEpochs + ofRounds,
        page.evaluate(
                "document.querySelectorAll('#learning ~ .pair svg.chart :is(circle, rect)').length")
            .asInt());
  }

  @Test
  void aPictureOfItIsNotEmpty() {
    byte[] light = open(FIVE, DESK, "light").screenshot();
    byte[] dark = open(FIVE, DESK, "dark").screenshot();

    assertTrue(light.length > 50_000 && dark.length > 50_000);
    assertFalse(Arrays.equals(light, dark));
  }

  private static Browser.Page open(RunRecord run, int width, String scheme) {
    return browser.open(
        FILES.computeIfAbsent(run, ReportBrowserIT::written), width, HEIGHT, scheme);
  }

  private static Path written(RunRecord run) {
    try {
      Path file = Files.createTempFile(folder, "report", ".html");
      return Files.writeString(file, HtmlReport.render(run, SampleExamples.of(run)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
