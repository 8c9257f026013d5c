package org.shardmean.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.shardmean.data.DataException;

/** A part of a JSON file with the way to it, such as {@code epochs[2].trainLoss}. */
record JsonPart(String source, String way, JsonNode node) {
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

  boolean has(String name) {
    return node.has(name);
  }

  JsonPart object(String name) {
    JsonPart part = at(name);
    return part.require(part.node.isObject(), "an object");
  }

  List<JsonPart> array(String name) {
    return at(name).elements();
  }

  /** Of an array. */
  List<JsonPart> elements() {
    require(node.isArray(), "an array");
    List<JsonPart> parts = new ArrayList<>();
    for (JsonNode element : node) {
      parts.add(new JsonPart(source, way + "[" + parts.size() + "]", element));
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
