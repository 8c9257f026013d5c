package org.shardmean.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.shardmean.data.RowScaling;
import org.shardmean.data.TableForm;

/** A {@link TableForm} as JSON, in UTF-8; what reads it believes nothing. */
final class TableFormJson {
  /** Of names of columns and classes. */
  static final int LONGEST_NAME = 10_000;

  private static final String NAME = "table.json";
  private static final int VERSION = 1;
  private static final int DEEPEST = 5;

  /** Shift, scale, and twice a name of 80 letters, for each number. */
  private static final int BYTES_OF_A_NUMBER = 256;

  private static final int OTHER_BYTES = 1 << 20;
  private static final int MOST_BYTES = 1 << 28;

  private static final String VERSION_FIELD = "version";
  private static final String FEATURES = "features";
  private static final String LABEL = "label";
  private static final String CLASSES = "classes";
  private static final String TARGETS = "targets";
  private static final String SHIFTS = "shifts";
  private static final String SCALES = "scales";
  private static final Set<String> FIELDS =
      Set.of(VERSION_FIELD, FEATURES, LABEL, CLASSES, TARGETS, SHIFTS, SCALES);

  private static final JsonMapper JSON = StrictJson.mapper(DEEPEST, LONGEST_NAME);

  private TableFormJson() {}

  /** The same bytes for the same form. */
  static byte[] write(TableForm form) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put(VERSION_FIELD, VERSION);
    ArrayNode features = root.putArray(FEATURES);
    for (TableForm.Column column : form.features()) {
      ObjectNode node =
          features.addObject().put("name", column.name()).put("width", column.width());
      column.names().forEach(node.putArray("names")::add);
    }
    root.put(LABEL, form.label().orElse(null));
    form.classes().forEach(root.putArray(CLASSES)::add);
    form.targets().forEach(root.putArray(TARGETS)::add);
    put(root.putArray(SHIFTS), form.scaling().shifts());
    put(root.putArray(SCALES), form.scaling().scales());
    return JSON.writeValueAsBytes(root);
  }

  private static void put(ArrayNode array, double[] numbers) {
    for (double number : numbers) {
      array.add(number);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param spec of the network, which bounds how long it may be
   * @throws IOException if it is not that; the message is one line
   */
  static TableForm read(InputStream in, ModelSpec spec) throws IOException {
    long numbers = (long) spec.inputs() + spec.outputs();
    int most = (int) Math.min(MOST_BYTES, OTHER_BYTES + numbers * BYTES_OF_A_NUMBER);
    return StrictJson.read(in, NAME, most, JSON, TableFormJson::formOf);
  }

  private static TableForm formOf(JsonNode root) {
    Set<String> found = new TreeSet<>();
    root.fieldNames().forEachRemaining(found::add);
    if (!found.equals(FIELDS)) {
      throw new IllegalArgumentException(
          "%d fields where it has %d others".formatted(found.size(), FIELDS.size()));
    }
    if (StrictJson.wholeNumber(root.get(VERSION_FIELD)) != VERSION) {
      throw new IllegalArgumentException("another version");
    }
    JsonNode label = root.get(LABEL);
    return new TableForm(
        all(root.get(FEATURES), TableFormJson::column),
        label.isNull() ? Optional.empty() : Optional.of(StrictJson.text(label)),
        all(root.get(CLASSES), StrictJson::text),
        all(root.get(TARGETS), StrictJson::text),
        new RowScaling(numbers(root.get(SHIFTS)), numbers(root.get(SCALES))));
  }

  private static TableForm.Column column(JsonNode node) {
    return new TableForm.Column(
        StrictJson.text(node.get("name")),
        StrictJson.wholeNumber(node.get("width")),
        all(node.get("names"), StrictJson::text));
  }

  private static double[] numbers(JsonNode node) {
    return all(node, StrictJson::number).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static <T> List<T> all(JsonNode node, Function<JsonNode, T> reader) {
    if (node == null || !node.isArray()) {
      throw new IllegalArgumentException("something else in the place of a list");
    }
    List<T> all = new ArrayList<>();
    node.forEach(element -> all.add(reader.apply(element)));
    return all;
  }
}
