package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.data.RealMnist;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.model.SavedModel;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalScorer;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;

/** The drawing pad in the report of a default training on MNIST. */
class DrawingPadIT extends BrowserTest {
  private static final int DESK = 1200;
  private static final int HEIGHT = 900;
  private static final int AT_ONCE = 1_000;

  private static ImageSet test;
  private static List<ClassifiedExample> answers;

  @BeforeAll
  static void train() throws Exception {
    String mnist = RealMnist.folder().toString();
    Finished finished =
        new Launcher(folder).run("train", "--master", "local[2]", "--data", mnist, "--out", "run");
    assertEquals(0, finished.exitCode(), finished.err());
    ExampleSource source = RealMnist.load().test();
    test = source.select(IntStream.range(0, source.count()).toArray()).images();
    answers = jvmAnswers();
  }

  private static List<ClassifiedExample> jvmAnswers() {
    SavedModel model =
        SavedModel.read(folder.resolve("run/model.zip").toString(), new Configuration(false));
    LocalSettings settings =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(1), 100);
    try (LocalScorer scorer = new LocalScorer(model.spec(), settings)) {
      scorer.load(model.parameters());
      return scorer.classify(test);
    }
  }

  @Test
  void thePageGivesTheJvmsAnswersToAllTestImages() {
    double[] largest = new double[1];
    int[] same = new int[1];
    inThePage(
        "image => Array.from(network.forward(image).at(-1))",
        (example, found) -> {
          float[] expected = answers.get(example).image().probabilities();
          int likeliest = 0;
          for (int c = 0; c < expected.length; c++) {
            double probability = found.get(c).asDouble();
            largest[0] = Math.max(largest[0], Math.abs(probability - expected[c]));
            likeliest = probability > found.get(likeliest).asDouble() ? c : likeliest;
          }
          same[0] += likeliest == answers.get(example).image().predicted() ? 1 : 0;
        });

    assertTrue(largest[0] < 1e-5, "largest difference: " + largest[0]);
    assertEquals(test.count(), same[0]);
  }

  /** Shifted by up to 6 pixels and scaled by 0.6 to 1.4, on a sheet where none is cut off. */
  @Test
  void digitsOffCentreAndOfOtherSizesAreRecognised() {
    int[] correct = new int[1];
    inThePage(
        """
        (image, random) => {
          const side = 44;
          const fine = 4;
          const across = side * fine;
          const [right, down, scale] = [12 * random() - 6, 12 * random() - 6, 0.6 + 0.8 * random()];
          const value = (x, y) => x < 0 || y < 0 || x > 27 || y > 27 ? 0 : image[28 * y + x];
          const pixels = Uint8Array.from({length: across * across}, (_, i) => {
            const u = ((i % across + 0.5) / fine - side / 2 - right) / scale + 13.5;
            const v = ((Math.floor(i / across) + 0.5) / fine - side / 2 - down) / scale + 13.5;
            const [x, y] = [Math.floor(u), Math.floor(v)];
            return (x + 1 - u) * ((y + 1 - v) * value(x, y) + (v - y) * value(x, y + 1))
                + (u - x) * ((y + 1 - v) * value(x + 1, y) + (v - y) * value(x + 1, y + 1));
          });
          const input = normalised({pixels, width: across, height: across}, 28);
          const probabilities = network.forward(input).at(-1);
          return probabilities.indexOf(Math.max(...probabilities));
        }""",
        (example, found) -> correct[0] += found.asInt() == test.label(example) ? 1 : 0);

    assertTrue(correct[0] >= 0.95 * test.count(), correct[0] + " are recognised");
  }

  @Test
  void anImageOfThePageIsReadAsTheJvmReadsIt() {
    Browser.Page page = open("");
    page.evaluate("document.querySelector('#pad .pictures').open = true");
    page.evaluate(waitFor("document.querySelector('#pad .pictures button')"));
    int first = page.evaluate("document.querySelectorAll('#samples img').length").asInt();
    for (int i = 0; i < 20; i++) {
      page.evaluate(
          "document.querySelectorAll('#pad .pictures button')[" + (first + i) + "].click()");
      JsonNode said =
          page.evaluate(
              "document.querySelectorAll('#examples ~ * li[data-cell]')[" + i + "].dataset.cell");
      String predicted = said.asText().substring(said.asText().indexOf('-') + 1);
      assertTrue(
          answer(page).startsWith("The network reads class " + predicted + ","), answer(page));
    }
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void aLineByMouseIsAOneAndItsAddressShowsItAgain() {
    Browser.Page page = open("");
    page.drag(line(page));

    assertTrue(answer(page).startsWith("The network reads class 1, with "), answer(page));
    String address = page.evaluate("location.href").asText();
    assertTrue(address.contains("#draw&strokes=d"), address);
    Browser.Page again = browser.open(address, DESK, HEIGHT, "dark");
    again.evaluate(
        waitFor("document.querySelector('#pad .answer').textContent.includes('class 1')"));
    assertEquals(answer(page), answer(again));
    page.evaluate("document.querySelector('#pad .clear').click()");
    assertEquals("The sheet is empty.", answer(page));
    assertTrue(page.evaluate("location.hash").asText().equals("#draw"));
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void aFingerDrawsAndDoesNotScrollThePage() {
    Browser.Page page = browser.open(report(), 390, HEIGHT, "light");
    List<double[]> line = line(page);
    double before = page.evaluate("scrollY").asDouble();
    page.swipe(line);

    assertTrue(answer(page).startsWith("The network reads class 1, with "), answer(page));
    assertEquals(before, page.evaluate("scrollY").asDouble());
  }

  @Test
  void theKeyboardDraws() {
    Browser.Page page = open("");
    page.evaluate("document.querySelector('#pad .sheet').focus()");
    IntStream.range(0, 10).forEach(i -> page.press(Browser.Key.RIGHT));
    page.press(Browser.Key.SPACE);
    IntStream.range(0, 18).forEach(i -> page.press(Browser.Key.DOWN));
    assertEquals("The sheet is empty.", answer(page));
    page.press(Browser.Key.SPACE);

    assertTrue(answer(page).startsWith("The network reads class 1, with "), answer(page));
    page.press(Browser.Key.DELETE);
    assertEquals("The sheet is empty.", answer(page));
  }

  @Test
  void brokenAddressesShowAnEmptySheetOrWhatCanBeRead() {
    for (String fragment :
        List.of(
            "#draw&strokes=",
            "#draw&strokes=zzz.d.dxyz!",
            "#draw&image=99999",
            "#draw&image=-7",
            "#draw&image=x&raw",
            "#draw&&&=&strokes=d%ff",
            "#draw&strokes=<script>")) {
      Browser.Page page = browser.open(report().toUri() + fragment, DESK, HEIGHT, "light");

      assertEquals(List.of(), page.complaints(), fragment);
      assertFalse(page.evaluate("document.getElementById('pad').hidden").asBoolean());
    }
  }

  /** Hands on what a function of the page's script makes of each test image. */
  private static void inThePage(String function, BiConsumer<Integer, JsonNode> reader) {
    Browser.Page page = open("");
    page.evaluate(
        """
        window.network = new Network(pad.dataset.layers.split("-").map(Number),
            pad.dataset.activation, Network.floats(pad.dataset.weights));
        window.bits = 1;
        window.random = () => (bits = Math.imul(bits, 1664525) + 1013904223 >>> 0) / 2 ** 32;
        0"""
            .replace("pad.", "document.getElementById('pad')."));
    for (int from = 0; from < test.count(); from += AT_ONCE) {
      byte[] images = new byte[AT_ONCE * test.pixels()];
      for (int i = 0; i < AT_ONCE; i++) {
        test.copyPixels(from + i, images, i * test.pixels());
      }
      JsonNode found =
          page.evaluate(
              "(() => { const all = Uint8Array.from(atob('"
                  + Base64.getEncoder().encodeToString(images)
                  + "'), c => c.charCodeAt(0)); const use = "
                  + function
                  + "; return Array.from({length: "
                  + AT_ONCE
                  + "}, (_, i) => use(all.subarray(784 * i, 784 * i + 784), random)); })()");
      for (int i = 0; i < AT_ONCE; i++) {
        reader.accept(from + i, found.get(i));
      }
    }
  }

  /** A line from above to below on the sheet, which is brought into the window. */
  private static List<double[]> line(Browser.Page page) {
    JsonNode box =
        page.evaluate(
            "(() => { const sheet = document.querySelector('#pad .sheet');"
                + " sheet.scrollIntoView({block: 'center'});"
                + " const box = sheet.getBoundingClientRect();"
                + " return [box.left, box.top, box.width, box.height]; })()");
    double[] b = IntStream.range(0, 4).mapToDouble(i -> box.get(i).asDouble()).toArray();
    return IntStream.rangeClosed(0, 20)
        .mapToObj(i -> new double[] {b[0] + 0.6 * b[2], b[1] + b[3] * (0.1 + 0.03 * i)})
        .toList();
  }

  private static String answer(Browser.Page page) {
    return page.evaluate("document.querySelector('#pad .answer').textContent").asText();
  }

  private static String waitFor(String condition) {
    return "new Promise(done => { const look = () => "
        + condition
        + " ? done(0) : setTimeout(look, 10); look(); })";
  }

  private static Path report() {
    return folder.resolve("run/report.html");
  }

  private static Browser.Page open(String fragment) {
    return browser.open(report().toUri() + fragment, DESK, HEIGHT, "light");
  }
}
