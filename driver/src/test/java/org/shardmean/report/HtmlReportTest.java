package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.metrics.ClassScore;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunResult;
import org.shardmean.run.RunStatus;

class HtmlReportTest {
  private static final HtmlReport REPORT = new HtmlReport();
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\\s*(/?)>");
  private static final Figures FIGURES = new Figures(Locale.ENGLISH);
  private static final String HOSTILE =
      "<script>alert(1)</script> \"><img src=x onerror='alert(2)'> ${7*7} {0} &amp; ü 😀 \u202e\u0000";

  static Stream<String> pages() {
    return Stream.of(
        REPORT.render(SampleRuns.fiveEpochs(), SampleExamples.tenClasses()),
        REPORT.render(
            SampleRuns.inLanguage(SampleRuns.fiveEpochs(), "de"), SampleExamples.tenClasses()),
        REPORT.render(
            SampleRuns.withTest(SampleRuns.notMnist(), 0.02), SampleExamples.tenClasses()),
        REPORT.render(SampleRuns.completed("one epoch", 10, 1), SampleExamples.tenClasses()),
        REPORT.render(SampleRuns.completed("two classes", 2, 3), SampleExamples.of(2)),
        REPORT.render(SampleRuns.completed("62 classes", 62, 2), SampleExamples.of(62)),
        REPORT.render(SampleRuns.diverged(), SampleExamples.tenClasses()),
        REPORT.render(SampleRuns.failedAtOnce(), ReportExamples.none(28, 28)),
        REPORT.render(hostile(), SampleExamples.tenClasses()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void allowsItsOneStyleSheetAndNothingElse(String page) throws Exception {
    List<String> styles = all(page, "<style>(.*?)</style>");
    assertEquals(1, styles.size());
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(styles.get(0).getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "'; img-src data:; base-uri 'none'; form-action 'none'"),
        all(page, "http-equiv=\"Content-Security-Policy\" content=\"(.*?)\"").stream()
            .map(HtmlReportTest::unescaped)
            .toList());
    assertTrue(page.indexOf("Content-Security-Policy") < page.indexOf("<style>"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void loadsNothingAndRunsNothing(String page) {
    for (String address : all(page, "(?:src|href)=\"(.*?)\"")) {
      assertTrue(
          address.startsWith("data:image/png;base64,")
              || address.equals("data:,")
              || address.startsWith("#"),
          address);
    }
    assertFalse(page.contains("http://") || page.contains("https://"), "an address");
    assertFalse(Pattern.compile("<(script|iframe|object|embed|form|base)").matcher(page).find());
    Matcher tag = TAG.matcher(page);
    while (tag.find()) {
      String names = tag.group(3).replaceAll("\"[^\"]*\"", "");
      assertFalse(Pattern.compile("\\s(on[a-z]+|style)=").matcher(names).find(), tag.group());
    }
    assertFalse(page.contains("url(") || page.contains("@import"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void opensAndClosesEveryElement(String page) {
    Set<String> empty = Set.of("meta", "link", "img");
    List<String> open = new ArrayList<>();
    Matcher tag = TAG.matcher(page);
    while (tag.find()) {
      if (tag.group(1).equals("/")) {
        assertEquals(open.remove(open.size() - 1), tag.group(2));
      } else if (!empty.contains(tag.group(2)) && !tag.group(4).equals("/")) {
        open.add(tag.group(2));
      }
    }
    assertEquals(List.of(), open);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namesEveryPartOnceAndPointsAtWhatIsThere(String page) {
    List<String> ids = all(page, " id=\"(.*?)\"");
    assertEquals(Set.copyOf(ids).size(), ids.size(), ids.toString());
    List<String> targets = new ArrayList<>(all(page, "href=\"#(.*?)\""));
    all(page, "aria-labelledby=\"(.*?)\"").forEach(t -> targets.addAll(List.of(t.split(" "))));
    assertEquals(List.of(), targets.stream().filter(target -> !ids.contains(target)).toList());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void skipsNoLevelOfHeadings(String page) {
    int before = 0;
    for (String level : all(page, "<h([1-6])")) {
      int now = Integer.parseInt(level);
      assertTrue(now <= before + 1, "h" + now + " after h" + before);
      before = now;
    }
    assertEquals(1, all(page, "<h(1)").size());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void saysWhatEveryTableAndDrawingIs(String page) {
    assertEquals(count(page, "<table"), count(page, "<caption"));
    assertEquals(count(page, "<table"), count(page, "role=\"region\""));
    assertEquals(count(page, "<table"), count(page, "tabindex=\"0\""));
    assertEquals(count(page, "<th[ >]"), count(page, "<th [^>]*scope="));
    assertEquals(
        count(page, "<svg"),
        count(page, "<svg[^>]*role=\"img\"[^>]*aria-label") + count(page, "<svg[^>]*aria-hidden"));
    assertEquals(count(page, "<img"), count(page, "<img[^>]* alt=\""));
  }

  @Test
  void showsTheFiguresOfTheRecords() {
    RunResult run = SampleRuns.fiveEpochs();
    String page = REPORT.render(run, SampleExamples.tenClasses());

    EpochRecord last = run.epochs().get(4);
    assertTrue(
        page.contains("<strong class=\"big\">" + FIGURES.percent(last.validation().accuracy())));
    List<List<String>> epochs = rows(page, "epochs-table");
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
      List<List<String>> matrix = rows(page, "matrix-epoch-" + epoch.epoch());
      for (int actual = 0; actual < 10; actual++) {
        List<String> expected = new ArrayList<>(List.of(String.valueOf(actual)));
        for (int predicted = 0; predicted < 10; predicted++) {
          expected.add(String.valueOf(epoch.validation().confusion().count(actual, predicted)));
        }
        assertEquals(expected, matrix.get(actual));
      }
    }
    List<List<String>> classes = rows(page, "classes-epoch-5");
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
    assertEquals(20, rows(page, "rounds-table").size());
    assertEquals(5, rows(page, "time-table").size());
    assertEquals(
        List.of("1", "relu", "784 × 128", "128", "100,480", "392.5\u00a0KiB"),
        rows(page, "network-table").get(0));
    assertTrue(page.contains(run.parametersSha256()));
  }

  @Test
  void listsEverySettingWithItsReason() {
    List<List<String>> settings =
        rows(REPORT.render(SampleRuns.fiveEpochs(), SampleExamples.tenClasses()), "settings-table");

    Map<String, String> values =
        settings.stream().collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    assertEquals("64", values.get("--batch-size"));
    assertEquals("784-128-64-10", values.get("--layers"));
    assertEquals("one-cycle", values.get("--schedule"));
    assertEquals(ResolvedSettings.of(SampleRuns.fiveEpochs().config()).size(), values.size());
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
    String page = REPORT.render(SampleRuns.fiveEpochs(), examples);

    long digits = (long) examples.right().size() + examples.wrong().size();
    assertEquals(digits, count(page, "alt=\"A handwritten [0-9]\""));
    assertEquals(10 * digits, count(page, "<rect class=\"(actual|mistaken|other)\""));
    assertEquals(digits, count(page, "<rect class=\"actual\""));
    assertEquals(examples.wrong().size(), count(page, "<rect class=\"mistaken\""));
    assertEquals(128, count(between(page, "<div class=\"units\"", "</div>"), "<img"));
  }

  @Test
  void escapesWhateverComesFromOutside() {
    String page = REPORT.render(hostile(), SampleExamples.tenClasses());

    assertFalse(page.contains("<script"), "a script");
    assertFalse(page.contains("<img src=x"), "an element");
    assertFalse(page.contains("\u202e") || page.contains("\u0000"), "an invisible character");
    assertTrue(
        page.contains(
            "<h1><bdi>&lt;script&gt;alert(1)&lt;/script&gt; \"&gt;&lt;img src=x"
                + " onerror='alert(2)'&gt; ${7*7} {0} &amp;amp; ü 😀 ⟨U+202E⟩⟨U+0000⟩</bdi></h1>"));
  }

  @Test
  void saysLoudlyWhatIsNotMnist() {
    String page = REPORT.render(SampleRuns.notMnist(), SampleExamples.tenClasses());

    String notice = between(page, "<section class=\"notice\"", "</section>");
    assertTrue(notice.contains("These are not MNIST's figures"), notice);
    assertTrue(page.indexOf("class=\"notice\"") < page.indexOf("class=\"lead\""));
    assertTrue(page.contains("This is not MNIST; do not compare the figures with MNIST's."));
  }

  @Test
  void aRunWithNothingToNoticeHasNoNotice() {
    assertFalse(
        REPORT
            .render(SampleRuns.fiveEpochs(), SampleExamples.tenClasses())
            .contains("class=\"notice\""));
  }

  @Test
  void saysThatARunDiverged() {
    String page = REPORT.render(SampleRuns.diverged(), SampleExamples.tenClasses());

    assertTrue(page.contains("This run diverged"));
    assertTrue(page.contains("The run diverged: in epoch 2 the training loss is NaN"));
    assertEquals("NaN", rows(page, "epochs-table").get(1).get(1));
    assertFalse(between(page, "chart-loss-caption", "</figure>").contains("d=\"MNaN"));
  }

  @Test
  void aRunWithoutEpochsHasAPageAllTheSame() {
    String page = REPORT.render(SampleRuns.failedAtOnce(), ReportExamples.none(28, 28));

    assertTrue(page.contains("This run failed"));
    assertTrue(page.contains("No epoch came to its end."));
    assertEquals(0, count(page, "class=\"matrix\""));
  }

  @Test
  void theBestEpochNeedNotBeTheLast() {
    RunResult run =
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
    String page = REPORT.render(run, SampleExamples.tenClasses());

    assertEquals("2 best", rows(page, "epochs-table").get(1).get(0));
    assertTrue(page.contains("Overfitting since epoch 2:"));
    assertEquals(1, count(page, "<summary>Epoch 2: .* <span class=\"tag\">best</span>"));
  }

  @Test
  void saysThatARunStoppedEarly() {
    RunResult run =
        SampleRuns.run(
            "early", RunStatus.STOPPED_EARLY, 10, 9, SampleRuns.fiveEpochs().epochs(), List.of());
    String page = REPORT.render(run, SampleExamples.tenClasses());

    assertTrue(page.contains("It stopped early: validation had not improved for 0 epochs."));
    assertFalse(page.contains("class=\"notice\""));
  }

  @Test
  void scoresOfTheTestImagesStandApart() {
    RunResult run = SampleRuns.withTest(SampleRuns.fiveEpochs(), 0.02);
    String page = REPORT.render(run, SampleExamples.tenClasses());

    assertTrue(
        page.contains(
            "<dt>Accuracy on the test images</dt><dd>"
                + FIGURES.percent(run.test().orElseThrow().accuracy())));
    assertEquals(10, rows(page, "matrix-test").size());
    assertEquals(10, rows(page, "classes-test").size());
  }

  @Test
  void isWrittenInTheRunsLanguage() {
    String page =
        REPORT.render(
            SampleRuns.inLanguage(SampleRuns.fiveEpochs(), "de"), SampleExamples.tenClasses());

    assertTrue(page.contains("<html lang=\"de\">"));
    assertTrue(page.contains("Wie es gelernt hat"));
    assertTrue(page.contains("109.386"));
  }

  @Test
  void anUnknownLanguageIsWrittenInEnglish() {
    assertTrue(
        REPORT
            .render(
                SampleRuns.inLanguage(SampleRuns.fiveEpochs(), "tlh"), SampleExamples.tenClasses())
            .contains("<html lang=\"en\">"));
  }

  @Test
  void theSameRunGivesTheSameBytesInAnyLocale() {
    String before = REPORT.render(SampleRuns.fiveEpochs(), SampleExamples.tenClasses());
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals(before, REPORT.render(SampleRuns.fiveEpochs(), SampleExamples.tenClasses()));
    } finally {
      Locale.setDefault(usual);
    }
  }

  /** A run all of whose texts try to break out of the page. */
  private static RunResult hostile() {
    RunResult run = SampleRuns.completed(HOSTILE, 10, 2);
    DataRecord data = run.data();
    return new RunResult(
        run.status(),
        run.config(),
        List.of("workers = 2: " + HOSTILE, HOSTILE),
        new DataRecord(HOSTILE, false, 60_000, 10_000, 10_000, 28, 28, data.classes()),
        new Environment(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0, 2, HOSTILE, HOSTILE),
        HOSTILE,
        run.epochs(),
        run.test(),
        run.parameters(),
        run.parametersSha256(),
        List.of(HOSTILE));
  }

  /** The cells' texts of each row in the body of the table with this caption. */
  private static List<List<String>> rows(String page, String caption) {
    String body = between(page, "<caption id=\"" + caption + "\"", "</table>");
    return all(between(body, "<tbody>", "</tbody>"), "<tr[^>]*>(.*?)</tr>").stream()
        .map(
            row ->
                all(row, "<t[hd][^>]*>(.*?)</t[hd]>").stream()
                    .map(cell -> cell.replaceAll("(?s)<title>.*?</title>|<[^>]*>", "").trim())
                    .toList())
        .toList();
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from);
    assertTrue(start >= 0, "no " + from);
    return text.substring(start, text.indexOf(to, start));
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  private static String unescaped(String attribute) {
    return attribute.replace("&#39;", "'").replace("&amp;", "&");
  }
}
