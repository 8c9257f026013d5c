package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.SampleExamples;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.Language;
import org.shardmean.run.RunRecord;

/** What a report lets its readers try: a neuron, gradient descent, a network that learns XOR. */
class LabBrowserIT extends BrowserTest {
  private static final int DESK = 1200;
  private static final int HEIGHT = 900;

  private static Path report;

  @BeforeAll
  static void writeTheReports() throws IOException {
    report = written(SampleRuns.fiveEpochs());
  }

  private static Path written(RunRecord run) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "report", ".html"),
        HtmlReport.render(run, SampleExamples.of(run)));
  }

  @Test
  void theNetworksOfTheLecturesGiveTheirOutputs() {
    Browser.Page page = open("");
    Map<String, List<String>> outputs =
        Map.of(
            "or", List.of("0", "0.5", "0.5", "1.5"),
            "difference", List.of("0", "0", "4", "2"),
            "xnor", List.of("1", "0", "0", "1"),
            "pixels", List.of("1", "0", "0"),
            "relu2", List.of("0", "0", "0", "1", "2"),
            "relu3", List.of("0", "0", "0", "0", "1", "2", "3"));
    outputs.forEach(
        (net, expected) -> {
          select(page, "#neuron-play .net", net);
          assertEquals(
              expected,
              texts(
                  page.evaluate(
                      "[...document.querySelectorAll('#neuron-play tbody td:last-child')]"
                          + ".map(td => td.textContent)")),
              net);
        });
    select(page, "#neuron-play .net", "error");

    assertEquals(
        "Output: y = 0.834. Target: 1. Error: 1 − 0.834 = 0.166. Squared: 0.0275",
        text(page, "#neuron-play .result"));
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void aNeuronsArithmeticIsWrittenOut() {
    Browser.Page page = open("");
    slide(page, "#neuron-play .inputs input", 0.5);

    assertEquals(
        "y = relu(w1·x1 + w2·x2 + b) = relu(1 · 0.5 + 1 · 0 + (−0.5)) = relu(0) = 0",
        text(page, "#neuron-play .arithmetic").strip());
    select(page, "#neuron-play fieldset select", "sigmoid");
    assertEquals("Output: y = 0.5", text(page, "#neuron-play .result"));
  }

  @Test
  void addressesLeadToAPosition() {
    Browser.Page page = open("");
    select(page, "#neuron-play .net", "xnor");
    slide(page, "#neuron-play .inputs input", 0.25);
    String neuron = text(page, "#neuron-play .arithmetic");
    Browser.Page again = open(page.evaluate("location.hash").asText());
    assertEquals(neuron, text(again, "#neuron-play .arithmetic"));

    click(page, "#xor-play .hundred");
    select(page, "#xor-play .weight", "v2");
    again = open(page.evaluate("location.hash").asText());
    assertEquals(text(page, "#xor-play .said"), text(again, "#xor-play .said"));
    assertEquals(text(page, "#xor-play .chain"), text(again, "#xor-play .chain"));
    assertTrue(again.evaluate("scrollY").asDouble() > 1000);

    for (String broken :
        List.of(
            "#neuron&net=constructor&values=1_x",
            "#descent&rate=NaN&steps=1e99",
            "#xor&seed=-1",
            "#xor&weight=99&steps=-5&rate=%ff",
            "#descent&start=<b>",
            "#neuron&net=__proto__")) {
      assertEquals(List.of(), open(broken).complaints(), broken);
    }
  }

  /** What docs/lectures.md sends a class to: the place, and the numbers that it promises there. */
  @Test
  void everyAddressOfTheLecturesLeadsToItsPlace() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\|.*`(#[a-z]+)([^`]*)` \\| (.*) \\|$")
            .matcher(Files.readString(Project.ROOT.resolve("docs/lectures.md")));
    int places = 0;
    while (rows.find()) {
      Browser.Page page = open(rows.group(1) + rows.group(2));
      String place = rows.group(1).substring(1);
      String part = place.equals("draw") ? "#pad" : "#" + place + "-play";
      assertEquals(List.of(), page.complaints(), rows.group());
      assertTrue(page.evaluate("scrollY").asDouble() > 1000, rows.group());
      String shown = page.evaluate("document.querySelector('" + part + "').innerText").asText();
      Pattern.compile("\\d\\.\\d{3}|\\d of \\d")
          .matcher(rows.group(3))
          .results()
          .forEach(number -> assertTrue(shown.contains(number.group()), rows.group()));
      places++;
    }
    assertTrue(places >= 14, places + " addresses were found");
  }

  @Test
  void theBallFindsTheLocalOrTheLowestPlaceOrLeaves() {
    Browser.Page page = open("#descent&rate=0.1&start=3&steps=60");
    assertTrue(text(page, "#descent-play .said").contains("which is not the lowest point"));
    page = open("#descent&rate=0.1&start=-3&steps=60");
    assertTrue(text(page, "#descent-play .said").endsWith("near the lowest point."));
    page = open("#descent&rate=1.2&start=3&steps=60");
    assertTrue(text(page, "#descent-play .said").contains("the learning rate is too large"));
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void withoutMotionTheBallIsThereAtOnce() {
    Browser.Page page = open("");
    page.reduceMotion();
    click(page, "#descent-play .run");

    assertTrue(text(page, "#descent-play .said").startsWith("Steps: 50."));
  }

  @Test
  void theNetworkLearnsXorByTheChainRule() {
    Browser.Page page = open("");
    for (String weight : List.of("w11", "w12", "b1", "w21", "w22", "b2", "v1", "v2", "c")) {
      select(page, "#xor-play .weight", weight);
      String after = lastNumber(page);
      click(page, "#xor-play .one");
      String line = text(page, "#xor-play .chain li:last-child");
      int start = line.indexOf(" = ") + 3;
      String now = line.substring(start, line.indexOf(" − ", start));
      assertEquals(Double.parseDouble(after), number(now), 1.1e-4, weight);
    }
    String before = text(page, "#xor-play .said");
    click(page, "#xor-play .thousand");

    assertTrue(text(page, "#xor-play .said").endsWith("Correct answers: 4 of 4."));
    assertNotEquals(before, text(page, "#xor-play .said"));
    assertEquals(List.of(), page.complaints());
  }

  /** The factors of the chain rule against a difference quotient of the error. */
  @Test
  void theChainRulesProductIsTheSlopeOfTheError() {
    Browser.Page page = open("#xor&steps=50&seed=4");
    double worst =
        page.evaluate(
                """
                (() => {
                  const p = XOR.parameters(4);
                  const error = all => (XOR.forward(all, [1, 0]).y - 1) ** 2 / 2;
                  return Math.max(...p.map((value, i) => {
                    const at = shift => error(p.map((v, j) => i === j ? v + shift : v));
                    const product = XOR.factors(p, [1, 0, 1])[i].reduce((a, [, f]) => a * f, 1);
                    return Math.abs(product - (at(1e-5) - at(-1e-5)) / 2e-5);
                  }));
                })()""")
            .asDouble();

    assertTrue(worst < 1e-9, "" + worst);
  }

  @Test
  void germanReadsAsGermansWrite() throws IOException {
    Path german = written(SampleRuns.inLanguage(SampleRuns.fiveEpochs(), Language.DE));
    Browser.Page page = browser.open(german.toUri() + "", DESK, HEIGHT, "light");
    select(page, "#neuron-play .net", "error");

    assertTrue(text(page, "#neuron-play .result").startsWith("Ausgabe: y = 0,834. Ziel: 1."));
    assertFalse(page.evaluate("document.body.innerText").asText().contains("undefined"));
  }

  private static String lastNumber(Browser.Page page) {
    String line = text(page, "#xor-play .chain li:last-child");
    return String.valueOf(number(line.substring(line.lastIndexOf("= ") + 2)));
  }

  private static double number(String written) {
    return Double.parseDouble(written.strip().replace('−', '-'));
  }

  private static Browser.Page open(String fragment) {
    return browser.open(report.toUri() + fragment, DESK, HEIGHT, "light");
  }

  private static void click(Browser.Page page, String selector) {
    page.evaluate("document.querySelector('" + selector + "').click()");
  }

  private static void select(Browser.Page page, String selector, String value) {
    change(page, selector, "select.value = '" + value + "'", "change");
  }

  private static void slide(Browser.Page page, String selector, double value) {
    change(page, selector, "select.value = " + value, "input");
    change(page, selector, "0", "change");
  }

  private static void change(Browser.Page page, String selector, String what, String event) {
    page.evaluate(
        "(() => { const select = document.querySelector('"
            + selector
            + "'); "
            + what
            + "; select.dispatchEvent(new Event('"
            + event
            + "')); })()");
  }

  private static String text(Browser.Page page, String selector) {
    return page.evaluate("document.querySelector('" + selector + "').textContent").asText();
  }
}
