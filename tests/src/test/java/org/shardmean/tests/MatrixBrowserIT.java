package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ClassScore;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.Examination;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.SampleExamples;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

/** The confusion matrix of a report, by pointer and by keyboard. */
class MatrixBrowserIT extends BrowserTest {
  private static final int DESK = 1280;
  private static final int HEIGHT = 900;
  private static final RunRecord FIVE = SampleRuns.fiveEpochs();

  /** The texts of the saved model's matrix, row by row. */
  static final String CELLS =
      "[...document.querySelectorAll('#explorer table.matrix tbody td')].map(td => td.textContent)";

  private static final String FOUND = "document.getElementById('found')";

  private static Path ofFive;

  @BeforeAll
  static void writeTheReport() throws IOException {
    ofFive = written(FIVE);
  }

  @Test
  void theSliderShowsTheMatrixOfEveryEpoch() {
    Browser.Page page = open(ofFive);

    for (EpochRecord epoch : FIVE.epochs()) {
      slideTo(page, epoch.epoch() - 1);
      List<String> expected = new ArrayList<>();
      for (long[] row : epoch.validation().confusion().counts()) {
        Arrays.stream(row).mapToObj(Long::toString).forEach(expected::add);
      }
      assertEquals(expected, texts(page.evaluate(CELLS)));
      String title = page.evaluate("document.getElementById('epoch-title').textContent").asText();
      assertTrue(title.startsWith("Epoch " + epoch.epoch() + ": accuracy "), title);
      assertTrue(
          page.evaluate("document.getElementById('matrix-saved').textContent")
              .asText()
              .startsWith(title));
    }
  }

  @Test
  void cellsCanShowSharesOfTheirRowOrColumn() {
    Browser.Page page = open(ofFive);
    ClassScore seven = FIVE.epochs().get(4).validation().confusion().perClass().get(7);

    choose(page, "rows");
    assertEquals(100 * seven.recall(), cell(page, 77), 0.051);
    double row = 0;
    for (int predicted = 0; predicted < 10; predicted++) {
      row += cell(page, 70 + predicted);
    }
    assertEquals(100, row, 0.5);
    choose(page, "columns");
    assertEquals(100 * seven.precision(), cell(page, 77), 0.051);
    choose(page, "counts");
    assertEquals(
        (double) FIVE.epochs().get(4).validation().confusion().count(7, 7), cell(page, 77));
  }

  @Test
  void aCellShowsItsImages() {
    Examination examination = SampleExamples.of(FIVE).examination();
    ClassifiedExample first = examination.misclassified().get(0);
    int predicted = first.image().predicted();
    long same =
        examination.misclassified().stream()
            .filter(e -> e.actual() == first.actual() && e.image().predicted() == predicted)
            .count();
    Browser.Page page = open(ofFive);
    page.evaluate(
        "document.querySelectorAll('table.matrix tbody td')[%d].click()"
            .formatted(10 * first.actual() + predicted));

    assertEquals(same, page.evaluate(FOUND + ".querySelectorAll('li').length").asLong());
    String said = page.evaluate(FOUND + ".querySelector('p').textContent").asText();
    assertEquals(
        "Class %d, predicted as %d: %d. Images shown: %d."
            .formatted(
                first.actual(),
                predicted,
                FIVE.epochs().get(4).validation().confusion().count(first.actual(), predicted),
                same),
        said);
    slideTo(page, 0);
    assertTrue(
        page.evaluate(FOUND + ".querySelector('p').textContent")
            .asText()
            .endsWith("The images shown are those of the saved model, epoch 5."));
  }

  @Test
  void theKeyboardMovesThroughTheMatrixAndChoosesACell() {
    Browser.Page page = open(ofFive);
    page.evaluate("document.querySelector('table.matrix td[tabindex=\"0\"]').focus()");
    page.press(Browser.Key.RIGHT);
    page.press(Browser.Key.DOWN);
    page.press(Browser.Key.DOWN);
    page.press(Browser.Key.ENTER);

    assertTrue(
        page.evaluate(FOUND + ".querySelector('p').textContent")
            .asText()
            .startsWith("Class 2, predicted as 1: "));
    assertEquals(
        1, page.evaluate("document.querySelectorAll('.matrix td[tabindex=\"0\"]').length").asInt());
  }

  @Test
  void ofManyClassesACellIsChosenByItsNumbersOrByAClick() throws IOException {
    RunRecord run = SampleRuns.shaped("256 classes", 16, 16, 256, 3, Set.of());
    Browser.Page page = open(written(run));
    page.evaluate(
        "(() => { const a = document.getElementById('actual'); a.value = 37;"
            + " document.getElementById('predicted').value = 37;"
            + " a.dispatchEvent(new Event('input')); })()");
    long count = run.epochs().get(2).validation().confusion().count(37, 37);
    assertTrue(
        page.evaluate(FOUND + ".textContent")
            .asText()
            .startsWith("Class 37, predicted as 37: " + count + "."));

    page.evaluate(
        "(() => { const image = document.querySelector('figure.heat image');"
            + " const box = image.getBoundingClientRect();"
            + " image.dispatchEvent(new MouseEvent('click', {clientX: box.left"
            + " + box.width * 128.5 / 256, clientY: box.top + box.height * 64.5 / 256})); })()");
    assertTrue(
        page.evaluate(FOUND + ".textContent").asText().startsWith("Class 64, predicted as 128: "));
  }

  private static void slideTo(Browser.Page page, int epoch) {
    page.evaluate(
        "(() => { const slider = document.getElementById('epoch'); slider.value = "
            + epoch
            + "; slider.dispatchEvent(new Event('input')); })()");
  }

  private static void choose(Browser.Page page, String what) {
    page.evaluate("document.querySelector('input[value=" + what + "]').click()");
  }

  private static double cell(Browser.Page page, int index) {
    String text = page.evaluate(CELLS + "[" + index + "]").asText();
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  private static Browser.Page open(Path report) {
    return browser.open(report, DESK, HEIGHT, "light");
  }

  private static Path written(RunRecord run) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "report", ".html"),
        HtmlReport.render(run, SampleExamples.of(run)));
  }
}
