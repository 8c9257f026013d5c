package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.Reading;
import org.shardmean.data.RowScaling;
import org.shardmean.data.Sha256;
import org.shardmean.data.TableForm;
import org.shardmean.metrics.ResidualSums;
import org.shardmean.metrics.Residuals;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.Task;
import org.shardmean.run.DataRecord;
import org.shardmean.run.GivenBackRows;
import org.shardmean.run.Language;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/** The report of a run on a table speaks of rows, features and classes by their names. */
class TableReportTest {
  private static final String HOSTILE = "<b>no</b>";

  private static final RunRecord CLASSES = run(Task.CLASSIFICATION);
  private static final RunRecord NUMBERS = run(Task.REGRESSION);

  private static TableForm form(Task task) {
    boolean ofClasses = task == Task.CLASSIFICATION;
    int targets = task == Task.REGRESSION ? 2 : 0;
    double[] shifts = new double[30 + targets];
    double[] scales = new double[30 + targets];
    Arrays.fill(scales, 0.5);
    return new TableForm(
        List.of(
            TableForm.Column.of("age"),
            TableForm.Column.of(HOSTILE),
            new TableForm.Column("x", 28, List.of())),
        ofClasses ? Optional.of("kind") : Optional.empty(),
        ofClasses ? List.of("cat", HOSTILE, "dog", "cow") : List.of(),
        targets > 0 ? List.of("price", HOSTILE) : List.of(),
        new RowScaling(shifts, scales));
  }

  /** As of images, but for the data; the weights of the feature age are the largest. */
  private static RunRecord run(Task task) {
    int outputs = task == Task.CLASSIFICATION ? 4 : task == Task.REGRESSION ? 2 : 30;
    RunRecord like =
        task == Task.CLASSIFICATION
            ? SampleRuns.shaped("a table", 1, 30, outputs, 3, Set.of())
            : SampleRuns.autoencoder();
    ModelSpec model =
        new ModelSpec(List.of(30, 8, outputs), like.config().model().hidden())
            .withOutput(task.output());
    float[] parameters = new float[model.parameters()];
    ParameterLayout layout = new ParameterLayout(model);
    for (int input = 0; input < 30; input++) {
      for (int unit = 0; unit < 8; unit++) {
        parameters[layout.weight(0, input, unit)] = input == 0 ? -3 : 0.01f * (input + 1);
      }
    }
    return new RunRecord(
        like.status(),
        like.config().withModel(model),
        List.of("weight-decay = 0.01: each image is used in many epochs"),
        new DataRecord(
            "people.csv",
            false,
            like.data().trainExamples(),
            like.data().validationExamples(),
            like.data().testExamples(),
            1,
            30,
            task == Task.CLASSIFICATION ? outputs : 1,
            "00c0ffee",
            Optional.of(form(task))),
        like.environment(),
        like.command(),
        like.epochs(),
        like.keptEpoch(),
        like.test(),
        parameters,
        like.parametersSha256(),
        List.of(),
        List.of());
  }

  private static ShownImages answers(RunRecord run) {
    ShownImages none = ShownImages.none(1, 30, run.data().classes());
    if (run.config().model().output() == Task.AUTOENCODER.output()) {
      return none.withGivenBackRows(Optional.of(givenBack()));
    }
    if (run.data().table().orElseThrow().targets().isEmpty()) {
      return none;
    }
    ResidualSums sums = ResidualSums.NONE;
    for (int i = 0; i < 100; i++) {
      float target = (i - 50) / 10f;
      sums =
          sums.with(i, 100, new float[] {target, 1}, new float[] {target + (i % 2 - 0.5f) / 5, 1});
    }
    return none.withResiduals(Residuals.of(sums, run.data().table()));
  }

  /** The error of row i is (i + 1) / 100, that of feature f is (f + 1) / 1000. */
  private static GivenBackRows givenBack() {
    List<Double> ofRows = IntStream.rangeClosed(1, 100).mapToObj(i -> i / 100.0).toList();
    return new GivenBackRows(
        IntStream.rangeClosed(1, 30).mapToObj(f -> f / 1000.0).toList(),
        ofRows,
        ofRows.stream().map(error -> new GivenBackRows.Place(error.floatValue(), 0.5)).toList(),
        0.75,
        List.of(
            new GivenBackRows.Unusual(
                1,
                List.of(new GivenBackRows.Feature(0, 1, 0.25), new GivenBackRows.Feature(1, 0, 1))),
            new GivenBackRows.Unusual(0.99, List.of(new GivenBackRows.Feature(29, 0.5, 0)))));
  }

  private static HtmlPage page(RunRecord run, Language language) {
    return HtmlPage.of(SampleRuns.inLanguage(run, language), answers(run));
  }

  @Test
  void classesAreCalledByTheirNames() {
    HtmlPage page = page(CLASSES, Language.EN);
    List<List<String>> matrix = page.rows("matrix-saved");
    assertEquals("cat", matrix.get(0).get(0));
    assertEquals("cow", matrix.get(3).get(0));
    assertEquals("cat", page.rows("classes-saved").get(0).get(0));
    assertEquals("dog", page.rows("counts-table").get(2).get(0));
    assertTrue(page.contains("data-names=\"[&#34;cat&#34;"), "for the script");
  }

  @Test
  void featuresAreListedByTheirWeight() {
    HtmlPage page = page(CLASSES, Language.EN);
    List<List<String>> features = page.rows("features");
    assertEquals(20, features.size());
    assertEquals(List.of("age", "", "3.00"), features.get(0));
    assertEquals(List.of("x[27]", "", "0.300"), features.get(1));
    assertEquals(10, page.rows("more-features").size());
    assertTrue(page.contains("Before the training, all had about 0."), "as they were drawn");
  }

  @Test
  void regressionShowsResidualsInTheirOwnUnit() {
    HtmlPage page = page(NUMBERS, Language.EN);
    List<List<String>> figures = page.rows("residuals-table");
    assertEquals(List.of("price", "0.9988", "0.2000", "0.2000", "100"), figures.get(0));
    assertEquals(List.of("–", "0", "0", "100"), figures.get(1).subList(1, 5), "equal targets");
    assertTrue(page.contains("<strong class=\"big\">99.88%</strong>"));
    assertTrue(page.contains("of the variance of price on "));
    for (String none : List.of("confusion", "confidence", "examples")) {
      assertFalse(page.contains("id=\"" + none + "\""), none);
    }
    assertTrue(page.contains("chart-answers-1") && page.contains("chart-residuals-2"));
  }

  /** Beside the neuron's example and the section of settings, whose names stay. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void nothingSpeaksOfImages(Language language) {
    List<String> words =
        switch (language) {
          case EN -> List.of("image", "pixel", "digit");
          case DE -> List.of("Bild", "Pixel", "Ziffer");
          case JA -> List.of("画像", "ピクセル", "手書き", "枚");
        };
    for (RunRecord run : List.of(CLASSES, NUMBERS, run(Task.AUTOENCODER))) {
      String shown = readable(page(run, language).text());
      List<String> found = new ArrayList<>();
      for (String word : words) {
        int at = shown.indexOf(word);
        if (at >= 0) {
          found.add(shown.substring(Math.max(0, at - 60), Math.min(shown.length(), at + 60)));
        }
      }
      assertEquals(List.of(), found, language + ": " + run.config().model().output());
      assertFalse(shown.contains("NaN"), language.toString());
    }
  }

  /** What people read: without scripts, styles, and the section of things to play with. */
  private static String readable(String page) {
    return page.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "")
        .replaceAll("(?s)<section aria-labelledby=\"play\">.*?</section>", "")
        .replaceAll("(?s)<pre class=\"command\">.*?</pre>", "")
        .replaceAll("<[^>]*>", "");
  }

  @Test
  void anAutoencoderShowsItsCodesAndTheRowsThatItGivesBackWorst() {
    HtmlPage page = page(run(Task.AUTOENCODER), Language.EN);
    assertTrue(page.contains("from a code of 8 numbers"));
    assertTrue(page.contains("at most 0.5000, and 95% of them of at most 0.9500"));
    List<List<String>> features = page.rows("feature-errors");
    assertEquals(20, features.size());
    assertEquals(List.of("x[27]", "", "0.0300"), features.get(0));
    List<List<String>> unusual = page.rows("unusual-rows");
    assertEquals(2, unusual.size());
    assertEquals("1.000", unusual.get(0).get(0));
    assertTrue(unusual.get(0).get(1).startsWith("age: 2.000, given back as 0.5000"), "own units");
    assertTrue(page.contains("these have 75% of all variance"));
    String map = page.text().replaceAll("(?s).*<figure class=\"map\">(.*?)</figure>.*", "$1");
    assertEquals(95, map.split("class=\"k0\"", -1).length - 1);
    assertEquals(5, map.split("class=\"k1\"", -1).length - 1);
    assertFalse(page(NUMBERS, Language.EN).contains("id=\"code\""));
  }

  /** An autoencoder's file, which holds what it does with rows. */
  @Test
  void whatIsGivenBackIsReadAgainOrRefused() {
    RunRecord run = run(Task.AUTOENCODER);
    byte[] file = ExaminedFile.write(run, answers(run));
    ShownImages back = ExaminedFile.read("examined.bin", file, run);
    assertEquals(HtmlReport.render(run, answers(run)), HtmlReport.render(run, back));

    int digest = 32;
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 2_000; i++) {
      byte[] content = Arrays.copyOf(file, file.length - digest);
      int at = content.length - 1 - random.nextInt(content.length / 2);
      content[at] ^= (byte) (1 << random.nextInt(8));
      if (random.nextInt(4) == 0) {
        content = Arrays.copyOf(content, at);
      }
      byte[] changed =
          ByteBuffer.allocate(content.length + digest).put(content).put(Sha256.of(content)).array();
      Reading<ShownImages> reading =
          Reading.of(() -> ExaminedFile.read("examined.bin", changed, run));
      assertTrue(
          reading.read().isPresent() || reading.fault().startsWith("examined.bin: expected"));
    }
  }

  @Test
  void theAnswersToRowsAreReadAgain() {
    ShownImages images = answers(NUMBERS);
    byte[] file = ExaminedFile.write(NUMBERS, images);
    ShownImages back = ExaminedFile.read("examined.bin", file, NUMBERS);
    assertEquals(images.residuals(), back.residuals());
    assertEquals(HtmlReport.render(NUMBERS, images), HtmlReport.render(NUMBERS, back));
  }

  @Test
  void ofManyRowsSomeAnswersAreKeptWhateverTheParts() {
    int count = 5_000;
    ResidualSums whole = ResidualSums.NONE;
    ResidualSums inParts = ResidualSums.NONE;
    for (int part = 0; part < 5; part++) {
      ResidualSums one = ResidualSums.NONE;
      for (int i = part * 1_000; i < (part + 1) * 1_000; i++) {
        float[] target = {i % 17};
        float[] answer = {i % 13};
        one = one.with(i, count, target, answer);
        whole = whole.with(i, count, target, answer);
      }
      inParts = inParts.plus(one);
    }
    assertEquals(1_000, whole.kept().size());
    assertEquals(
        whole.kept().stream().map(kept -> kept.targets()[0]).toList(),
        inParts.kept().stream().map(kept -> kept.targets()[0]).toList());
    Residuals all = Residuals.of(whole, Optional.empty()).get(0);
    assertEquals("1", all.target());
    assertEquals(count, all.rows());
    assertEquals(
        all.rootMeanSquare(),
        Residuals.of(inParts, Optional.empty()).get(0).rootMeanSquare(),
        1e-12);
  }
}
