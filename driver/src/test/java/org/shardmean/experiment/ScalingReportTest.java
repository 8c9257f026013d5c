package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shardmean.Contract;

class ScalingReportTest {
  private static final String SCHEMA = "scaling.schema.json";

  @Test
  void thePageSaysWhatTheFiguresSay() throws Exception {
    ScalingResult result = SampleGrids.compared();

    String page = ScalingReport.render(result);

    Files.writeString(Path.of("target", "scaling-sample.html"), page);
    assertTrue(page.contains(escaped(result.recommendation())), result.recommendation());
    for (Bottleneck bottleneck : result.bottlenecks()) {
      assertTrue(page.contains(escaped(bottleneck.sentence())), bottleneck.sentence());
    }
    assertTrue(page.contains(escaped(result.verdict().orElseThrow().sentence())));
    assertFalse(page.contains("It got worse"));
    assertFalse(page.contains("NaN"));
    assertFalse(page.contains("Infinity"));
  }

  @Test
  void aGridThatGotWorseSaysSoFirst() {
    String page = ScalingReport.render(SampleGrids.slower());

    assertTrue(page.indexOf("It got worse") < page.indexOf("<main"));
  }

  @Test
  void aGridWithoutAnyRunHasItsPageAndWhatFailedIsEscaped() {
    String page = ScalingReport.render(SampleGrids.failed());

    assertTrue(page.contains("lost &lt;executor&gt; 1"));
    assertFalse(page.contains("<executor>"));
  }

  @Test
  void thePageLoadsAndRunsNothing() {
    String page = ScalingReport.render(SampleGrids.compared());

    assertTrue(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
    for (String forbidden :
        List.of("<script", "src=\"http", "href=\"http", " style=\"", "@import")) {
      assertFalse(page.contains(forbidden), forbidden);
    }
  }

  @Test
  void jsonHasWhatThePageHas() throws Exception {
    ScalingResult result = SampleGrids.slower();

    JsonNode json = new ObjectMapper().readTree(ScalingJson.write(result));

    assertEquals(result.recommendation(), json.get("recommendation").asText());
    assertEquals(2, json.get("curves").size());
    assertEquals(4, json.at("/curves/0/levels").size());
    assertTrue(json.at("/curves/0/levels/0/karpFlattSerialFraction").isNull());
    assertTrue(json.at("/curves/0/levels/3/karpFlattSerialFraction").isNumber());
    assertTrue(json.at("/comparison/worse").asBoolean());
    assertEquals("2026-01-01T02:00:00Z", json.at("/comparison/baseline").asText());
  }

  @Test
  void jsonKeepsItsContract() throws Exception {
    for (ScalingResult result :
        List.of(SampleGrids.compared(), SampleGrids.slower(), SampleGrids.failed())) {
      assertEquals(
          Set.of(),
          Contract.faults(SCHEMA, new ObjectMapper().readTree(ScalingJson.write(result))));
    }
  }

  @Test
  void theContractForbidsWhatItDoesNotName() throws Exception {
    ObjectNode json =
        (ObjectNode) new ObjectMapper().readTree(ScalingJson.write(SampleGrids.slower()));
    json.withObject("/calibration").put("more", 1);
    json.withObject("/curves/0/levels/0").remove("speedup");

    assertEquals(2, Contract.faults(SCHEMA, json).size(), Contract.faults(SCHEMA, json).toString());
  }

  @Test
  void everyPointIsALineOfCsvWithAsManyFields() {
    for (ScalingResult result : List.of(SampleGrids.compared(), SampleGrids.failed())) {
      List<String> lines = PointsCsv.write(result).lines().toList();
      assertEquals(1 + result.now().points().size(), lines.size());
      for (String line : lines) {
        assertEquals(25, line.split(",", -1).length, line);
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
    assertTrue(many.sentence().contains("job latency"), many.sentence());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
