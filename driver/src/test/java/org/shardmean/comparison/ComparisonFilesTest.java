package org.shardmean.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.comparison.SampleComparisons.course;
import static org.shardmean.comparison.SampleComparisons.ours;
import static org.shardmean.comparison.SampleComparisons.rival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.report.Texts;
import org.shardmean.run.Language;

class ComparisonFilesTest {
  private static Comparison sample(int classes) {
    return SampleComparisons.of(
        classes,
        ours(course(classes, 0.5, 950, 980)),
        rival(course(classes, 20, 700, 940), "lost <script>"),
        ours(course(classes, 0.2, 950, 980)).again());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 40})
  void thePageHasEveryConclusionMatrixAndSetting(int classes) throws Exception {
    String page = ComparisonReport.render(sample(classes), Language.EN);

    Files.writeString(Path.of("target", "comparison-sample-%d.html".formatted(classes)), page);
    for (String sentence : sample(classes).conclusions(Texts.of(Language.EN))) {
      assertTrue(page.contains(sentence.replace("<", "&lt;").replace(">", "&gt;")), sentence);
    }
    assertTrue(page.contains("lost &lt;script&gt;"));
    assertTrue(page.contains("digits &lt;i&gt;"));
    assertTrue(page.contains("1 &lt;b&gt;"));
    assertFalse(page.contains("lost <script>"));
    assertFalse(page.contains("NaN"));
    assertEquals(2, page.split("id=\"matrix-", -1).length - 1, "ours twice would be the same");
    assertEquals(classes > 30, page.contains("<image "));
  }

  /** The sample's 98.5% is reached by none, its 90% by all. */
  @Test
  void targetsThatAreNotReachedAreDashes() {
    String page = ComparisonReport.render(sample(10), Language.EN);

    assertTrue(page.contains("to 90%"), "a whole percentage has no decimals");
    assertTrue(page.contains("to 98.50%"));
    assertTrue(
        page.contains(
            "<th scope=\"row\">MLlib's perceptron</th><td class=\"number\">40.00\u00a0s</td><td"
                + " class=\"number\">–</td>"));
  }

  @Test
  void aComparisonInWhichNothingWasReachedIsAPageToo() {
    Comparison empty =
        SampleComparisons.of(10, ours(Course.EMPTY), rival(Course.EMPTY, "no library"));

    String page = ComparisonReport.render(empty, Language.EN);

    assertTrue(page.contains("Shardmean finished no epoch."));
    assertFalse(page.contains("Confusion matrices"));
    assertEquals("contender,milestone,seconds,accuracy\n", ComparisonCsv.write(empty));
  }

  @Test
  void theTableHasALineForEachMilestone() {
    assertEquals(
        List.of(
            "contender,milestone,seconds,accuracy",
            "shardmean,epoch 1,0.5,0.95",
            "shardmean,epoch 2,1.0,0.98",
            "mllib,epoch 1,20.0,0.7",
            "mllib,epoch 2,40.0,0.94",
            "shardmean-again,epoch 1,0.2,0.95",
            "shardmean-again,epoch 2,0.4,0.98"),
        ComparisonCsv.write(sample(10)).lines().toList());
  }

  @Test
  void theJsonHasEverythingThatThePageShows() throws Exception {
    JsonNode json = new ObjectMapper().readTree(ComparisonJson.write(sample(10)));

    assertEquals(3, json.get("contenders").size());
    JsonNode rival = json.get("contenders").get(1);
    assertEquals("lost <script>", rival.get("problem").textValue());
    assertEquals("1 <b>", rival.get("settings").get("version").textValue());
    assertEquals(0.94, rival.get("milestones").get(1).get("accuracy").doubleValue());
    long images = 0;
    for (JsonNode row : rival.get("milestones").get(1).get("confusion")) {
      for (JsonNode cell : row) {
        images += cell.longValue();
      }
    }
    assertEquals(1000, images);
    assertTrue(json.get("contenders").get(0).get("problem").isNull());
    assertEquals("local[2]", json.get("environment").get("master").textValue());
  }
}
