package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.Contract;
import org.shardmean.data.DataException;
import org.shardmean.metrics.Residuals;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.settings.ValueReader;

class ResultJsonTest {
  private static final String SCHEMA = "result.schema.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<RunRecord> runs() {
    return Stream.of(
        SampleRuns.fiveEpochs(),
        SampleRuns.withTest(SampleRuns.fiveEpochs(), 0.021),
        SampleRuns.completed("one", 10, 1),
        SampleRuns.completed("two classes", 2, 3),
        SampleRuns.completed("sixty-two classes", 62, 2),
        SampleRuns.completed("<script>alert(1)</script> \"quoted\" \u202e ü 😀 \n", 10, 1),
        SampleRuns.notMnist(),
        SampleRuns.diverged(),
        SampleRuns.failedAtOnce(),
        SampleRuns.disturbed(),
        SampleRuns.autoencoder());
  }

  @Test
  void ofAnAutoencoderThereAreErrorsAndNoAccuracies() throws IOException {
    ObjectNode root = tree(SampleRuns.autoencoder());

    assertEquals(3, root.at("/best/epoch").asInt());
    assertTrue(root.at("/best/validationAccuracy").isNull());
    assertEquals(0.00625, root.at("/epochs/2/validationLoss").asDouble(), 1e-12);
    assertTrue(root.at("/epochs/2/trainAccuracy").isNull());
    assertTrue(root.at("/epochs/2/rounds/0/trainAccuracy").isNull());
    assertEquals(0, root.at("/epochs/2/confusion").size());
    assertEquals("autoencoder", root.at("/config/task").asText());
    assertEquals(3, ResultJson.read("result.json", root.toString()).epochs().size());
  }

  /** Before there were tasks, every network told classes apart. */
  @Test
  void aRecordWithoutATaskIsAClassifiers() throws IOException {
    ObjectNode root = tree(SampleRuns.fiveEpochs());
    root.withObject("/config").remove("task");

    assertEquals(
        "classification", ResultJson.read("result.json", root.toString()).settings().get("task"));
  }

  @Test
  void aRecordWithoutEventsIsStillRead() throws IOException {
    ObjectNode root = tree(SampleRuns.disturbed());
    assertEquals(2, root.withArray("events").size());
    assertTrue(root.at("/events/1/seconds").isNull());
    root.remove("events");

    assertEquals(Set.of(), Contract.faults(SCHEMA, root));
    assertEquals(RunStatus.COMPLETED, ResultJson.read("result.json", root.toString()).status());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void keepsItsContract(RunRecord run) throws IOException {
    assertEquals(Set.of(), Contract.faults(SCHEMA, JSON.readTree(ResultJson.write(run))));
  }

  @Test
  void theContractAllowsNoOtherField() throws IOException {
    ObjectNode root = tree(SampleRuns.fiveEpochs());
    for (ObjectNode part :
        Set.of(
            root,
            root.withObject("/config"),
            root.withObject("/data"),
            root.withObject("/model"),
            root.withObject("/environment"),
            root.withObject("/epochs/0"),
            root.withObject("/epochs/0/time"),
            root.withObject("/epochs/0/rounds/0"),
            root.withObject("/epochs/0/rounds/0/drift"))) {
      part.put("unheardOf", 1);
      assertEquals(1, Contract.faults(SCHEMA, root).size(), part.toString());
      part.remove("unheardOf");
    }
  }

  @Test
  void writesTheFiguresOfTheRecords() throws IOException {
    RunRecord run = SampleRuns.fiveEpochs();
    JsonNode root = tree(run);

    assertEquals("completed", root.at("/status").asText());
    assertEquals(109_386, root.at("/model/parameters").asInt());
    assertEquals("[784,128,64,10]", root.at("/model/layers").toString());
    assertEquals(run.best().orElseThrow().epoch(), root.at("/best/epoch").asInt());
    EpochRecord third = run.epochs().get(2);
    JsonNode written = root.at("/epochs/2");
    assertEquals(3, written.at("/epoch").asInt());
    assertEquals(third.validation().loss(), written.at("/validationLoss").asDouble());
    assertEquals(third.training().accuracy(), written.at("/trainAccuracy").asDouble());
    assertEquals(third.time().waiting(), written.at("/time/waiting").asDouble());
    assertEquals(third.time().sync(), written.at("/syncSeconds").asDouble());
    assertEquals(third.validation().confusion().count(4, 1), written.at("/confusion/4/1").asLong());
    assertEquals(
        third.rounds().get(3).drift().cosine(), written.at("/rounds/3/drift/cosine").asDouble());
    assertEquals(
        third.validation().confusion().perClass().get(7).f1(),
        written.at("/perClass/7/f1").asDouble());
    assertTrue(root.at("/test").isNull());
    assertEquals("one-cycle", root.at("/config/schedule").asText());
  }

  @Test
  void writesHowFarNumbersAreFromTheirTargets() throws IOException {
    ObjectNode root =
        (ObjectNode)
            JSON.readTree(
                ResultJson.write(
                    SampleRuns.fiveEpochs(),
                    List.of(
                        new Residuals("price", 120, 0.75, 12.5, 8, List.of()),
                        new Residuals("same", 120, Double.NaN, 2, 1, List.of()))));

    assertEquals(
        "{\"target\":\"price\",\"rows\":120,\"r2\":0.75,\"rmse\":12.5,\"mae\":8.0}",
        root.at("/residuals/0").toString());
    assertTrue(root.at("/residuals/1/r2").isNull());
    assertEquals(Set.of(), Contract.faults(SCHEMA, root));
    assertEquals(RunStatus.COMPLETED, ResultJson.read("result.json", root.toString()).status());
    root.withObject("/residuals/0").put("unheardOf", 1);
    assertEquals(1, Contract.faults(SCHEMA, root).size());
    root.remove("residuals");
    assertEquals(Set.of(), Contract.faults(SCHEMA, root), "older records have none");
  }

  @Test
  void writesWhatIsNotFiniteAsNull() throws IOException {
    JsonNode root = tree(SampleRuns.diverged());

    assertTrue(root.at("/epochs/1/trainLoss").isNull());
    assertTrue(root.at("/epochs/0/rounds/0/drift/cosine").isNull());
  }

  @Test
  void aRunWithoutEpochsHasNoBest() throws IOException {
    JsonNode root = tree(SampleRuns.failedAtOnce());

    assertTrue(root.at("/best").isNull());
    assertEquals(0, root.at("/epochs").size());
  }

  @Test
  void theLocaleChangesNothing() {
    String before = ResultJson.write(SampleRuns.fiveEpochs());
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals(before, ResultJson.write(SampleRuns.fiveEpochs()));
    } finally {
      Locale.setDefault(usual);
    }
    assertFalse(before.contains("\r"));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void isReadBack(RunRecord run) {
    SavedResult saved = ResultJson.read("result.json", ResultJson.write(run));

    assertEquals(run.status(), saved.status());
    assertEquals(run.data(), saved.data());
    assertEquals(run.environment(), saved.environment());
    assertEquals(run.parametersSha256(), saved.parametersSha256());
    assertEquals(run.config().model().parameters(), saved.parameters());
    assertEquals(run.config().name(), saved.config().get("name"));
    assertEquals(run.config().seed(), saved.config().get("seed"));
    assertEquals(run.config().local().rate().peak(), saved.config().get("learningRate"));
    assertEquals(false, saved.config().get("reshuffle"));
    assertEquals(run.test().map(t -> t.accuracy()).orElse(Double.NaN), saved.testAccuracy());
    assertEquals(run.epochs().size(), saved.epochs().size());
    for (int e = 0; e < saved.epochs().size(); e++) {
      EpochRecord epoch = run.epochs().get(e);
      SavedResult.Epoch back = saved.epochs().get(e);
      assertEquals(epoch.epoch(), back.epoch());
      assertEquals(epoch.training().loss(), back.trainLoss());
      assertEquals(epoch.validation().accuracy(), back.validationAccuracy());
      assertEquals(epoch.time(), back.time());
      assertEquals(epoch.imagesPerSecond(), back.imagesPerSecond());
      assertEquals(epoch.rounds().size(), back.rounds());
      assertEquals(8 * 2 * 1_312_640L, back.bytes());
    }
  }

  @Test
  void refusesAnEmptyFile() {
    assertEquals(
        "result.json, the whole file: expected an object, found nothing;"
            + " the file was changed or cut: run again, or restore it",
        messageOf(""));
  }

  @Test
  void refusesWhatIsNotJson() {
    assertTrue(messageOf("<html>").startsWith("result.json, line 1: expected JSON, found: "));
  }

  @Test
  void refusesAFileCutShort() {
    String whole = ResultJson.write(SampleRuns.fiveEpochs());
    for (int length : new int[] {1, 20, whole.length() / 2, whole.length() - 2}) {
      assertTrue(
          messageOf(whole.substring(0, length)).contains("expected JSON, found: "),
          "cut to " + length);
    }
  }

  @Test
  void refusesTrailingContent() {
    assertTrue(
        messageOf(ResultJson.write(SampleRuns.fiveEpochs()) + "{}").contains("expected JSON"));
  }

  @Test
  void refusesAFieldGivenTwice() {
    String twice =
        ResultJson.write(SampleRuns.fiveEpochs()).replaceFirst("\\{", "{\"command\": \"a\",");
    assertTrue(messageOf(twice).contains("Duplicate field 'command'"), messageOf(twice));
  }

  @Test
  void refusesAnArrayAtTheTop() {
    assertTrue(messageOf("[]").contains("the whole file: expected an object, found an array"));
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    assertEquals(
        "result.json, schema: expected version 1, found version 2;"
            + " read it with the Shardmean that wrote it",
        messageAfter(root -> root.put("schema", 2)));
  }

  @Test
  void refusesAMissingField() throws IOException {
    assertEquals(
        "result.json, model.parametersSha256: expected a value, found nothing;"
            + " the file was changed or cut: run again, or restore it",
        messageAfter(root -> root.withObject("/model").remove("parametersSha256")));
  }

  @Test
  void refusesAMissingFieldOfAnEpoch() throws IOException {
    assertTrue(
        messageAfter(root -> root.withObject("/epochs/2").remove("trainLoss"))
            .startsWith("result.json, epochs[2].trainLoss: expected a value, found nothing;"));
  }

  @Test
  void refusesTextForANumber() throws IOException {
    assertTrue(
        messageAfter(root -> root.withObject("/epochs/0").put("trainLoss", "low"))
            .startsWith("result.json, epochs[0].trainLoss: expected a number, found \"low\";"));
  }

  @Test
  void refusesANegativeCount() throws IOException {
    assertTrue(
        messageAfter(root -> root.withObject("/data").put("classes", -1))
            .startsWith("result.json, data.classes: expected a count, found -1;"));
  }

  @Test
  void refusesAnUnknownStatus() throws IOException {
    assertTrue(
        messageAfter(root -> root.put("status", "fine"))
            .startsWith(
                "result.json, status: expected one of completed, stopped-early, diverged, failed, interrupted,"
                    + " found fine;"));
  }

  @Test
  void everyStatusIsInTheContract() throws IOException {
    JsonNode allowed = JSON.readTree(Contract.text(SCHEMA)).at("/properties/status/enum");
    for (RunStatus status : RunStatus.values()) {
      assertTrue(allowed.toString().contains('"' + ValueReader.written(status) + '"'));
    }
  }

  private static ObjectNode tree(RunRecord run) throws IOException {
    return (ObjectNode) JSON.readTree(ResultJson.write(run));
  }

  private static String messageAfter(Consumer<ObjectNode> fault) throws IOException {
    ObjectNode root = tree(SampleRuns.fiveEpochs());
    fault.accept(root);
    return messageOf(root.toString());
  }

  private static String messageOf(String json) {
    String message =
        assertThrows(DataException.class, () -> ResultJson.read("result.json", json)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
