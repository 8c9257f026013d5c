package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.data.DataSummary;
import org.shardmean.data.IdxBytes;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.SavedModel;
import org.shardmean.run.Language;
import org.shardmean.spark.TrainingRun;

/** Data and models of any shape as a page. */
class InspectionReportTest {
  @ParameterizedTest
  @CsvSource({"20,12,6", "1,1,2", "200,200,3", "28,28,256"})
  void showsDataAndAModelOfAnyShape(int height, int width, int classes) {
    HtmlPage page = page(height, width, classes, 100, Language.EN);

    List<List<String>> rows = page.rows("classes");
    assertEquals(classes, rows.size());
    assertEquals(List.of("0", "3", "0"), rows.get(0), "no test images of class 0");
    assertEquals(List.of("1", "3", "3"), rows.get(1));
    assertTrue(page.contains("Images of %d × %d pixels".formatted(height, width)));
    assertEquals(100, page.between("class=\"units\"", "</main>").count("<img "));
    assertTrue(page.text().length() < 1_000_000, "bytes: " + page.text().length());
    assertEquals(0, page.count("<script"));
  }

  @Test
  void ofManyUnitsSomeAreShownAtOnce() {
    HtmlPage page = page(28, 28, 10, 300, Language.EN);

    assertTrue(page.contains("The weights of 256 of the first layer’s 300 units"), page.text());
    assertEquals(
        InspectionPage.UNITS_AT_ONCE,
        page.between("<div class=\"units\"", "</div>").count("<img "));
    assertTrue(page.contains("<summary>192 more units</summary>"));
  }

  @Test
  void isWrittenInTheLanguageAskedFor() {
    assertTrue(page(28, 28, 10, 8, Language.DE).contains("Bilder jeder Klasse"));
  }

  @Test
  void withoutTheImagesSizeThereAreNoImagesOfWeights() {
    SavedModel model = model(28 * 28, 8, 10);
    HtmlPage page =
        new HtmlPage(
            InspectionReport.render(
                new Inspection(
                    Optional.empty(),
                    Optional.of(new Inspection.Model("model.zip", model, Optional.empty()))),
                Language.EN));

    assertFalse(page.contains("class=\"units\""));
    assertEquals(2, page.rows("network-table").size());
  }

  private static HtmlPage page(int height, int width, int classes, int units, Language language) {
    ImageSet train = IdxBytes.digits(3 * classes, height, width, classes);
    ImageSet test =
        train.select(IntStream.range(0, train.count()).filter(i -> train.label(i) > 0).toArray());
    List<ClassifiedExample> samples = TrainingRun.samples(train, 40);
    Inspection.Data data =
        new Inspection.Data(
            "some data", List.of(), DataSummary.of(train), DataSummary.of(test), samples);
    Inspection.Model model =
        new Inspection.Model(
            "model.zip",
            model(height * width, units, classes),
            Optional.of(new Inspection.ImageSize(height, width)));
    return new HtmlPage(
        InspectionReport.render(new Inspection(Optional.of(data), Optional.of(model)), language));
  }

  private static SavedModel model(int inputs, int units, int classes) {
    ModelSpec spec = new ModelSpec(List.of(inputs, units, classes), Activation.RELU);
    return new SavedModel(spec, InitialParameters.draw(spec, 1));
  }
}
