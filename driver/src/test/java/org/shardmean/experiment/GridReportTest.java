package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.experiment.SampleGrids.ENGLISH;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.Contract;
import org.shardmean.report.Texts;
import org.shardmean.run.Language;

class GridReportTest {
  private static final String SCHEMA = "grid.schema.json";

  @Test
  void thePageSaysWhatTheFiguresSay() throws Exception {
    GridResult result = SampleGrids.compared();

    String page = GridReport.render(result, Language.EN);

    Files.writeString(Path.of("target", "grid-sample.html"), page);
    for (String sentence : result.conclusions(ENGLISH)) {
      assertTrue(page.contains(escaped(sentence)), sentence);
    }
    for (String sentence : result.unanswered(ENGLISH)) {
      assertTrue(page.contains(escaped(sentence)), sentence);
    }
    assertTrue(
        result.conclusions(ENGLISH).contains(result.verdict().orElseThrow().sentence(ENGLISH)));
    for (GridPoint.Setup setup : result.grid().setups()) {
      assertTrue(page.contains("<bdi>" + escaped(setup.data()) + "</bdi>"), setup.data());
      assertEquals(
          setup.data().startsWith("generated:"),
          page.contains("This is not MNIST."),
          "whose figures these are");
    }
    assertFalse(page.contains("It got worse"));
    assertFalse(page.contains("NaN"));
    assertFalse(page.contains("Infinity"));
  }

  /** After "mit" the German word for slots would need another ending. */
  @Test
  void theClusterIsNamedInCorrectGerman() {
    for (GridResult result : List.of(SampleGrids.compared(), SampleGrids.single())) {
      String place = result.place(Texts.of(Language.DE));

      assertTrue(
          Pattern.compile("\\(\\d+ (Platz|Plätze) für Tasks\\)").matcher(place).find(), place);
      assertTrue(GridReport.render(result, Language.DE).contains(escaped(place)), place);
    }
  }

  /** A hash is no number of parameters. */
  @ParameterizedTest
  @CsvSource({
    "EN,Checksum of the parameters",
    "DE,Prüfsumme der Parameter",
    "JA,パラメータのチェックサム",
  })
  void pointsAreListedWithTheChecksumOfTheirParameters(Language language, String title) {
    String page = GridReport.render(SampleGrids.compared(), language);

    assertTrue(page.contains("<th scope=\"col\">" + title + "</th>"));
  }

  /** Options, identifiers of points and what the environment reports stay as they are. */
  @ParameterizedTest
  @EnumSource(
      value = Language.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EN"})
  void noSentenceIsLeftInEnglish(Language language) {
    Set<String> english = words(Texts.of(Language.EN));
    Set<String> own = words(Texts.of(language));
    for (GridResult result :
        List.of(
            SampleGrids.compared(),
            SampleGrids.slower(),
            SampleGrids.single(),
            SampleGrids.failed(),
            SampleGrids.learningRates(true))) {
      String page = GridReport.render(result, language);

      assertTrue(page.contains("<html lang=\"" + language.locale() + "\""));
      String told = page.replace("lost &lt;executor&gt; 1", ""); // As the failure says it.
      String said = told.replaceAll("(?s)<style.*?</style>|<code>.*?</code>|<[^>]*>", "\n");
      for (String line : said.lines().map(String::strip).toList()) {
        assertFalse(line.contains("{") || line.contains("}"), line);
        List<String> foreign =
            Pattern.compile("(?<![-\\w.])[a-z]{3,}(?![-\\w.])")
                .matcher(line)
                .results()
                .map(MatchResult::group)
                .filter(word -> english.contains(word) && !own.contains(word))
                .toList();
        assertTrue(foreign.size() < 2, foreign + " in " + line);
      }
    }
  }

  private static Set<String> words(Texts texts) {
    return texts.keys().stream()
        .flatMap(key -> Pattern.compile("[^a-zA-Z]+").splitAsStream(texts.pattern(key)))
        .collect(Collectors.toSet());
  }

  @Test
  void thePageBeginsWithItsConclusions() {
    String page = GridReport.render(SampleGrids.compared(), Language.EN);

    assertTrue(page.indexOf("Conclusions") < page.indexOf("<dl"));
    assertTrue(page.indexOf("Recommendation: ") < page.indexOf("<dl"));
  }

  @Test
  void aSmallGridSaysWhatItCannotTell() {
    List<String> unanswered = SampleGrids.single().unanswered(ENGLISH);

    String all = String.join("\n", unanswered);
    assertTrue(all.contains("one run of each setup, so no spread"), all);
    assertTrue(all.contains("one number of workers, so no speed curve"), all);
    assertTrue(all.contains("the file names no target-accuracy"), all);
    assertTrue(all.contains("the file names no price-per-core-hour"), all);
    assertTrue(all.contains("it was compared with no earlier grid"), all);
    String page = GridReport.render(SampleGrids.single(), Language.EN);
    assertFalse(page.contains("would gain"));
    assertFalse(page.contains("NaN"));
    assertEquals(Set.of(), faults(SampleGrids.single()));
  }

  @Test
  void aTimeToAccuracyIsSaidToBeThatOfAWarmApplication() {
    String all = String.join("\n", SampleGrids.compared().unanswered(ENGLISH));

    assertTrue(all.contains("to the target accuracy from a cold start"), all);
    assertFalse(String.join("\n", SampleGrids.single().unanswered(ENGLISH)).contains("cold start"));
  }

  /** Two setups are too few for a model, so that the chart has no dashed line to speak of. */
  @ParameterizedTest
  @CsvSource({"1 8 16, true", "8 16, false"})
  void aForecastIsNamedWhereTheChartHasOne(String workers, boolean isForecast) {
    GridResult result =
        SampleGrids.of(Stream.of(workers.split(" ")).map(Integer::valueOf).toList());

    String all = String.join("\n", result.unanswered(ENGLISH));

    assertTrue(all.contains("here they took turns."), all);
    assertEquals(isForecast, all.contains("The dashed line in the chart is a forecast."), all);
    assertEquals(isForecast, GridReport.render(result, Language.EN).contains("class=\"c0 fit\""));
  }

  @Test
  void aGridThatGotWorseSaysSoFirst() {
    String page = GridReport.render(SampleGrids.slower(), Language.EN);

    assertTrue(page.indexOf("It got worse") < page.indexOf("<main"));
  }

  @Test
  void aGridWithoutAnyRunHasItsPageAndWhatFailedIsEscaped() {
    String page = GridReport.render(SampleGrids.failed(), Language.EN);

    assertTrue(page.contains("lost &lt;executor&gt; 1"));
    assertFalse(page.contains("<executor>"));
  }

  @Test
  void thePageShowsHowEachSetupLearnedAndWhichDiverged() throws Exception {
    GridResult result = SampleGrids.learningRates(true);

    String page = GridReport.render(result, Language.EN);

    Files.writeString(Path.of("target", "grid-learning.html"), page);
    assertTrue(page.contains("Accuracy on the validation images"));
    assertTrue(page.contains("Epoch 2, learning-rate 0.02: 97.0"));
    assertTrue(page.contains("<td>overfits</td>"));
    assertTrue(page.contains("<td>was still learning</td>"));
    assertTrue(page.contains("<td>diverged</td>"));
    assertTrue(page.contains("9 <small>done, 3 diverged, 0 failed</small>"));
    assertTrue(page.contains("learning-rate-10_seed-1: the run diverged in epoch 2."));
    assertFalse(page.contains("Points failed"));
    assertFalse(page.contains("NaN"));
    assertFalse(page.contains("Infinity"));
    assertEquals(Set.of(), faults(result));
  }

  @Test
  void whatDivergesUnexpectedlyHasFailed() {
    String page = GridReport.render(SampleGrids.learningRates(false), Language.EN);

    assertTrue(page.contains("Points failed"));
    assertTrue(page.contains("<td>diverged</td>"));
  }

  @Test
  void aGridOfPointsWithoutCurvesHasNone() {
    assertFalse(GridReport.render(SampleGrids.compared(), Language.EN).contains("How it learned"));
  }

  /** They have no efficiency: sixteen workers took turns on eight task slots. */
  @Test
  void workersBeyondTheSlotsHaveADashForTheirEfficiency() {
    String page = GridReport.render(SampleGrids.of(List.of(1, 4, 16)), Language.EN);

    assertFalse(page.contains("NaN"));
    assertTrue(page.contains("<td class=\"number\">–</td><td class=\"number\">–</td>"));
  }

  @Test
  void thePageLoadsAndRunsNothing() {
    String page = GridReport.render(SampleGrids.compared(), Language.EN);

    assertTrue(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
    for (String forbidden :
        List.of("<script", "src=\"http", "href=\"http", " style=\"", "@import")) {
      assertFalse(page.contains(forbidden), forbidden);
    }
  }

  @Test
  void jsonHasWhatThePageHas() throws Exception {
    GridResult result = SampleGrids.slower();

    JsonNode json = new ObjectMapper().readTree(GridJson.write(result));

    assertEquals(result.conclusions(ENGLISH).get(0), json.at("/conclusions/0").asText());
    assertEquals(8, json.get("setups").size());
    assertEquals("64", json.at("/setups/0/settings/batch-size").asText());
    assertTrue(json.at("/setups/0/accuracy/deviation").isNumber());
    assertEquals(2, json.get("curves").size());
    assertEquals(4, json.at("/curves/0/levels").size());
    assertTrue(json.at("/curves/0/levels/0/karpFlattSerialFraction").isNull());
    assertTrue(json.at("/curves/0/levels/3/karpFlattSerialFraction").isNumber());
    assertEquals(16, json.at("/curves/0/expected/15/across").asInt());
    assertTrue(json.at("/curves/0/expected/15/likely/0").isNumber());
    assertTrue(json.at("/comparison/worse").asBoolean());
    assertEquals("2026-01-01T02:00:00Z", json.at("/comparison/baseline").asText());
  }

  @Test
  void jsonKeepsItsContract() throws Exception {
    for (GridResult result :
        List.of(SampleGrids.compared(), SampleGrids.slower(), SampleGrids.failed())) {
      assertEquals(Set.of(), faults(result));
    }
  }

  @Test
  void theContractForbidsWhatItDoesNotName() throws Exception {
    ObjectNode json =
        (ObjectNode) new ObjectMapper().readTree(GridJson.write(SampleGrids.slower()));
    json.withObject("/calibration").put("more", 1);
    json.withObject("/curves/0/levels/0").remove("speedup");

    assertEquals(2, Contract.faults(SCHEMA, json).size(), Contract.faults(SCHEMA, json).toString());
  }

  @Test
  void everyPointIsALineOfCsvWithAsManyFields() {
    for (GridResult result : List.of(SampleGrids.compared(), SampleGrids.failed())) {
      List<String> lines = PointsCsv.write(result.points(), 0.97, 0.05).lines().toList();
      assertEquals(1 + result.now().points().size(), lines.size());
      for (String line : lines) {
        assertEquals(29, line.split(",", -1).length, line);
      }
    }
  }

  /** The bottleneck's parts and the seconds an epoch loses against an even split are the same. */
  @Test
  void whatIsLostAddsUp() {
    for (Bottleneck one : SampleGrids.compared().bottlenecks()) {
      double lost = one.lost().values().stream().mapToDouble(Double::doubleValue).sum();
      double took = one.last().time().total() - one.last().time().evaluation();
      double even = one.first().time().compute() / one.last().factor();
      assertEquals(took - even, lost, 1e-9);
    }
  }

  @Test
  void theWorstPartIsNamed() {
    Bottleneck many = SampleGrids.compared().bottlenecks().get(1);

    // Sixteen rounds of 12 ms for the job and 1.8 ms for each of eight workers.
    assertEquals(Bottleneck.Part.JOB_LATENCY, many.worst());
    assertTrue(many.sentence(ENGLISH).contains("job latency"), many.sentence(ENGLISH));
    assertTrue(many.sentence(ENGLISH).contains("(in 3 of 3 runs)"), many.sentence(ENGLISH));
  }

  private static Set<String> faults(GridResult result) {
    try {
      return Contract.faults(SCHEMA, new ObjectMapper().readTree(GridJson.write(result)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
