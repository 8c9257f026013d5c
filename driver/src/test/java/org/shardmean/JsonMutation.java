package org.shardmean;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Changes to what a JSON file says, while it stays JSON: a value is another, or is missing. */
public final class JsonMutation {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<JsonNode> VALUES =
      List.of(
          NODES.nullNode(),
          NODES.objectNode(),
          NODES.arrayNode(),
          NODES.arrayNode().addNull(),
          NODES.booleanNode(true),
          NODES.numberNode(0),
          NODES.numberNode(-1),
          NODES.numberNode(0.5),
          NODES.numberNode(Integer.MAX_VALUE),
          NODES.numberNode(Long.MIN_VALUE),
          NODES.numberNode(Double.MAX_VALUE),
          NODES.numberNode(BigInteger.TEN.pow(300)),
          NODES.textNode(""),
          NODES.textNode("NaN"),
          NODES.textNode("=1+2\n\u001b[31m\u202e"),
          NODES.textNode("x".repeat(10_000)));

  private JsonMutation() {}

  /** A value changed or taken away in a tree, a text mutated as bytes, or a number past doubles. */
  public static Arbitrary<Mutation> some() {
    Arbitrary<Double> share = Arbitraries.doubles().between(0, 1);
    return Arbitraries.oneOf(
        Combinators.combine(share, Arbitraries.of(VALUES)).as(JsonMutation::replace),
        share.map(JsonMutation::remove),
        share.map(JsonMutation::greatNumber),
        Mutation.some());
  }

  private static Mutation replace(double share, JsonNode value) {
    return file -> changed(file, share, value);
  }

  private static Mutation remove(double share) {
    return file -> changed(file, share, null);
  }

  /** 1e999 instead of a number; no tree can hold it. */
  private static Mutation greatNumber(double share) {
    return file ->
        new String(changed(file, share, NODES.textNode("1e999")), StandardCharsets.UTF_8)
            .replace("\"1e999\"", "1e999")
            .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] changed(byte[] file, double share, JsonNode value) {
    try {
      JsonNode root = JSON.readTree(file);
      List<Runnable> changes = new ArrayList<>();
      collect(root, value, changes);
      changes.get((int) Math.round(share * (changes.size() - 1))).run();
      return JSON.writeValueAsBytes(root);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A change for each place beneath a node. */
  private static void collect(JsonNode node, JsonNode value, List<Runnable> changes) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              name ->
                  changes.add(
                      () -> {
                        if (value == null) {
                          object.remove(name);
                        } else {
                          object.set(name, value.deepCopy());
                        }
                      }));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        changes.add(
            () -> {
              if (value == null) {
                array.remove(index);
              } else {
                array.set(index, value.deepCopy());
              }
            });
      }
    }
    node.forEach(child -> collect(child, value, changes));
  }
}
