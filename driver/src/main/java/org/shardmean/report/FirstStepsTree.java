package org.shardmean.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.shardmean.run.FirstSteps;
import org.shardmean.train.FollowedWeight;
import org.shardmean.train.LossSlice;

/** How gradient descent began, as {@code result.json} has it. */
final class FirstStepsTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FirstStepsTree() {}

  static ObjectNode of(FirstSteps first) {
    ObjectNode node = NODES.objectNode();
    first.weight().ifPresentOrElse(w -> node.set("weight", of(w)), () -> node.putNull("weight"));
    first
        .slice()
        .ifPresentOrElse(s -> node.set("lossSlice", of(s)), () -> node.putNull("lossSlice"));
    return node;
  }

  private static ObjectNode of(FollowedWeight weight) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("layer", weight.layer())
            .put("unit", weight.unit())
            .put("input", weight.input());
    ArrayNode steps = node.putArray("steps");
    for (FollowedWeight.Step step : weight.steps()) {
      steps
          .addObject()
          .put("rate", step.rate())
          .put("gradient", step.gradient())
          .put("before", step.before())
          .put("after", step.after());
    }
    return node;
  }

  private static ObjectNode of(LossSlice slice) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("examples", slice.examples())
            .put("from", slice.from())
            .put("to", slice.to());
    ArrayNode losses = node.putArray("losses");
    slice.losses().forEach(losses::add);
    return node;
  }

  /**
   * Reads what {@link #of(FirstSteps)} made.
   *
   * @throws IllegalArgumentException if it holds what no run has
   */
  static FirstSteps read(JsonPart first) {
    JsonPart weight = first.at("weight");
    JsonPart slice = first.at("lossSlice");
    return new FirstSteps(
        weight.isNull() ? Optional.empty() : Optional.of(weight(weight)),
        slice.isNull() ? Optional.empty() : Optional.of(slice(slice)));
  }

  private static FollowedWeight weight(JsonPart part) {
    List<FollowedWeight.Step> steps =
        part.array("steps").stream().map(FirstStepsTree::step).toList();
    return new FollowedWeight(
        part.at("layer").count(), part.at("unit").count(), part.at("input").count(), steps);
  }

  private static FollowedWeight.Step step(JsonPart part) {
    return new FollowedWeight.Step(
        part.at("rate").real(),
        part.at("gradient").real(),
        part.at("before").real(),
        part.at("after").real());
  }

  private static LossSlice slice(JsonPart part) {
    return new LossSlice(
        part.at("examples").count(),
        part.at("from").real(),
        part.at("to").real(),
        part.array("losses").stream().map(JsonPart::real).toList());
  }
}
