package org.shardmean.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** JSON of unknown origin, as plain data: what reads it believes no size and no depth. */
final class StrictJson {
  private static final int LONGEST_NUMBER = 100;

  private StrictJson() {}

  static JsonMapper mapper(int deepest, int longestText) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxStringLength(longestText)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /**
   * Reads an entry.
   *
   * @param name of the entry, for messages
   * @param reader throws {@link IllegalArgumentException}, with what it found, for what is none
   * @throws IOException if it is not that; the message is one line
   */
  static <T> T read(
      InputStream in, String name, int mostBytes, JsonMapper json, Function<JsonNode, T> reader)
      throws IOException {
    byte[] bytes = in.readNBytes(mostBytes + 1);
    if (bytes.length > mostBytes) {
      throw new IOException("%s of more than %d bytes".formatted(name, mostBytes));
    }
    try {
      return reader.apply(json.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw new IOException(name + " that is no JSON of its kind", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(name + " with " + e.getMessage(), e);
    }
  }

  static String text(JsonNode node) {
    if (node == null || !node.isTextual()) {
      throw new IllegalArgumentException("something else in the place of a text");
    }
    return node.textValue();
  }

  static int wholeNumber(JsonNode node) {
    if (node == null || !node.isInt()) {
      throw new IllegalArgumentException("something else in the place of a whole number");
    }
    return node.intValue();
  }

  static double number(JsonNode node) {
    if (node == null || !node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException("something else in the place of a finite number");
    }
    return node.doubleValue();
  }
}
