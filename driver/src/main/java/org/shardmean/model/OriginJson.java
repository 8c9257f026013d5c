package org.shardmean.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A {@link ModelOrigin} as JSON, in UTF-8; what reads it believes nothing. */
final class OriginJson {
  /** Twenty times what a training with long names needs. */
  static final int MOST_BYTES = 1 << 18;

  private static final int VERSION = 1;
  private static final int DEEPEST = 4;

  private static final Set<String> FIELDS =
      Set.of(
          "version",
          "status",
          "command",
          "settings",
          "data",
          "dataChecksum",
          "metrics",
          "versions");
  private static final String PARENT = "parent";
  private static final Set<String> PARENT_FIELDS = Set.of("after", "epochs", "parametersSha256");

  private static final JsonMapper JSON = StrictJson.mapper(DEEPEST, MOST_BYTES);

  private OriginJson() {}

  /** The same bytes for the same origin; none where they would be too many to be read again. */
  static Optional<byte[]> write(ModelOrigin origin) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION).put("status", origin.status()).put("command", origin.command());
    origin.settings().forEach(root.putObject("settings")::put);
    root.put("data", origin.data()).put("dataChecksum", origin.dataChecksum());
    origin.metrics().forEach(root.putObject("metrics")::put);
    origin.versions().forEach(root.putObject("versions")::put);
    origin
        .parent()
        .ifPresent(
            parent ->
                root.putObject(PARENT)
                    .put("after", parent.after())
                    .put("epochs", parent.epochs())
                    .put("parametersSha256", parent.parametersSha256()));
    return Optional.of(JSON.writeValueAsBytes(root)).filter(json -> json.length <= MOST_BYTES);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is not that; the message is one line
   */
  static ModelOrigin read(InputStream in) throws IOException {
    return StrictJson.read(in, "origin.json", MOST_BYTES, JSON, OriginJson::originOf);
  }

  private static ModelOrigin originOf(JsonNode root) {
    requireFields(root, FIELDS, PARENT);
    if (StrictJson.wholeNumber(root.get("version")) != VERSION) {
      throw new IllegalArgumentException("version " + StrictJson.wholeNumber(root.get("version")));
    }
    return new ModelOrigin(
        StrictJson.text(root.get("status")),
        StrictJson.text(root.get("command")),
        all(root.get("settings"), StrictJson::text),
        StrictJson.text(root.get("data")),
        StrictJson.text(root.get("dataChecksum")),
        all(root.get("metrics"), StrictJson::number),
        all(root.get("versions"), StrictJson::text),
        Optional.ofNullable(root.get(PARENT)).map(OriginJson::parentOf));
  }

  private static ModelOrigin.Parent parentOf(JsonNode node) {
    requireFields(node, PARENT_FIELDS, "");
    return new ModelOrigin.Parent(
        StrictJson.text(node.get("after")),
        StrictJson.wholeNumber(node.get("epochs")),
        StrictJson.text(node.get("parametersSha256")));
  }

  private static void requireFields(JsonNode node, Set<String> needed, String allowed) {
    if (node == null || !node.isObject()) {
      throw new IllegalArgumentException("something else in the place of an object");
    }
    Set<String> found = new TreeSet<>();
    node.fieldNames().forEachRemaining(found::add);
    found.remove(allowed);
    if (!found.equals(needed)) {
      throw new IllegalArgumentException(
          "%d fields where it has %d others".formatted(found.size(), needed.size()));
    }
  }

  private static <T> SortedMap<String, T> all(JsonNode node, Function<JsonNode, T> reader) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("something else in the place of an object");
    }
    SortedMap<String, T> all = new TreeMap<>();
    node.fields()
        .forEachRemaining(field -> all.put(field.getKey(), reader.apply(field.getValue())));
    return all;
  }
}
