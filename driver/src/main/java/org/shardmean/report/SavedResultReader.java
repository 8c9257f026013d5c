package org.shardmean.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shardmean.model.Task;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.RunStatus;
import org.shardmean.run.TimeSplit;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/** Reads the tree of a {@code result.json}, naming the first part that is not as it should be. */
final class SavedResultReader {
  private static final String TASK_OF_OLD = ValueReader.written(Task.CLASSIFICATION);

  private SavedResultReader() {}

  static SavedResult read(String source, JsonNode root) {
    JsonPart run = new JsonPart(source, "", root);
    requireSchema(run);
    JsonPart model = run.object("model");
    JsonPart test = run.at("test");
    return new SavedResult(
        status(run.at("status")),
        config(run.object("config")),
        data(run.object("data")),
        environment(run.object("environment")),
        run.array("epochs").stream().map(SavedResultReader::epoch).toList(),
        model.at("parameters").whole(),
        model.at("parametersSha256").text(),
        test.isNull() ? Double.NaN : test.at("accuracy").real());
  }

  private static void requireSchema(JsonPart run) {
    long schema = run.at("schema").whole();
    if (schema != ResultJson.SCHEMA) {
      throw run.at("schema")
          .fault(
              "version " + ResultJson.SCHEMA,
              "version " + schema,
              "read it with the Shardmean that wrote it");
    }
  }

  private static RunStatus status(JsonPart part) {
    String written = part.text();
    List<String> known = new ArrayList<>();
    for (RunStatus status : RunStatus.values()) {
      if (ValueReader.written(status).equals(written)) {
        return status;
      }
      known.add(ValueReader.written(status));
    }
    throw part.fault("one of " + String.join(", ", known), written, JsonPart.REMEDY);
  }

  private static Map<String, Object> config(JsonPart part) {
    Map<String, Object> config = new LinkedHashMap<>();
    part.names().forEach(name -> config.put(name, part.at(name).setting()));
    config.putIfAbsent(TrainSettings.TASK.key(), TASK_OF_OLD); // Not in records of before.
    return config;
  }

  private static DataRecord data(JsonPart part) {
    return new DataRecord(
        part.at("name").text(),
        part.at("isMnist").flag(),
        part.at("trainExamples").count(),
        part.at("validationExamples").count(),
        part.at("testExamples").count(),
        part.at("height").count(),
        part.at("width").count(),
        part.at("classes").count(),
        part.at("checksum").text());
  }

  private static Environment environment(JsonPart part) {
    return new Environment(
        part.at("java").text(),
        part.at("spark").text(),
        part.at("dl4j").text(),
        part.at("master").text(),
        part.at("executors").count(),
        part.at("cores").count(),
        part.at("os").text(),
        part.at("processor").text(),
        part.at("gitCommit").text());
  }

  private static SavedResult.Epoch epoch(JsonPart part) {
    JsonPart time = part.object("time");
    List<JsonPart> rounds = part.array("rounds");
    return new SavedResult.Epoch(
        part.at("epoch").count(),
        part.at("trainLoss").real(),
        part.at("trainAccuracy").real(),
        part.at("validationLoss").real(),
        part.at("validationAccuracy").real(),
        part.at("imagesPerSecond").real(),
        time(time),
        rounds.size(),
        (long)
            rounds.stream()
                .mapToDouble(round -> round.at("bytesOut").size() + round.at("bytesBack").size())
                .sum());
  }

  /** Seconds. */
  static TimeSplit time(JsonPart part) {
    return new TimeSplit(
        part.at("compute").real(),
        part.at("waiting").real(),
        part.at("sync").real(),
        part.at("evaluation").real());
  }
}
