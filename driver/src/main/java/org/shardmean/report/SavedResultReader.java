package org.shardmean.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shardmean.data.DataException;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.RunStatus;
import org.shardmean.run.TimeSplit;
import org.shardmean.settings.ValueReader;

/** Reads the tree of a {@code result.json}, naming the first part that is not as it should be. */
final class SavedResultReader {
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
        new TimeSplit(
            time.at("compute").real(),
            time.at("waiting").real(),
            time.at("sync").real(),
            time.at("evaluation").real()),
        rounds.size(),
        (long)
            rounds.stream()
                .mapToDouble(round -> round.at("bytesOut").size() + round.at("bytesBack").size())
                .sum());
  }

  /** A part of the file with the way to it, such as {@code epochs[2].trainLoss}. */
  private record JsonPart(String source, String way, JsonNode node) {
    /** Of a round; a double holds it exactly. */
    private static final long MOST_BYTES = 1L << 52;

    static final String REMEDY = "the file was changed or cut: run again, or restore it";

    JsonPart at(String name) {
      if (!node.isObject()) {
        throw fault("an object", kind(), REMEDY);
      }
      String wayThere = way.isEmpty() ? name : way + "." + name;
      JsonNode there = node.get(name);
      if (there == null) {
        throw new JsonPart(source, wayThere, node).fault("a value", "nothing", REMEDY);
      }
      return new JsonPart(source, wayThere, there);
    }

    JsonPart object(String name) {
      JsonPart part = at(name);
      return part.require(part.node.isObject(), "an object");
    }

    List<JsonPart> array(String name) {
      JsonPart part = at(name);
      part.require(part.node.isArray(), "an array");
      List<JsonPart> parts = new ArrayList<>();
      for (JsonNode element : part.node) {
        parts.add(new JsonPart(source, part.way + "[" + parts.size() + "]", element));
      }
      return parts;
    }

    List<String> names() {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      return names;
    }

    boolean isNull() {
      return node.isNull();
    }

    String text() {
      return require(node.isTextual(), "text").node.textValue();
    }

    boolean flag() {
      return require(node.isBoolean(), "true or false").node.booleanValue();
    }

    long whole() {
      return require(node.isIntegralNumber() && node.canConvertToLong(), "a whole number")
          .node
          .longValue();
    }

    /** A number of bytes; those of many rounds can be added up. */
    long size() {
      require(whole() >= 0 && whole() <= MOST_BYTES, "a number of bytes");
      return whole();
    }

    int count() {
      return require(
              node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0, "a count")
          .node
          .intValue();
    }

    double real() {
      boolean isNumber = node.isNumber() && Double.isFinite(node.doubleValue());
      return node.isNull() ? Double.NaN : require(isNumber, "a number").node.doubleValue();
    }

    Object setting() {
      if (node.isBoolean()) {
        return node.booleanValue();
      }
      if (node.isIntegralNumber()) {
        return whole();
      }
      return node.isNumber() ? (Object) node.doubleValue() : text();
    }

    DataException fault(String expected, String found, String remedy) {
      return new DataException(
          "%s, %s: expected %s, found %s; %s"
              .formatted(source, way.isEmpty() ? "the whole file" : way, expected, found, remedy));
    }

    private JsonPart require(boolean holds, String expected) {
      if (!holds) {
        throw fault(expected, kind(), REMEDY);
      }
      return this;
    }

    private String kind() {
      if (node.isMissingNode()) {
        return "nothing";
      }
      return node.isContainerNode()
          ? (node.isArray() ? "an array" : "an object")
          : node.toString().lines().findFirst().orElse("");
    }
  }
}
