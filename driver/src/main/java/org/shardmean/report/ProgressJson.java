package org.shardmean.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;

/**
 * {@code progress.json}: how far a run has come, for the page of {@code watch}. It is there while
 * the run trains and deleted when it ends. Of many epochs and rounds it has the last {@value
 * #MOST}.
 */
public final class ProgressJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST = 1000;

  private ProgressJson() {}

  /** The progress of a run as JSON text. */
  public static String write(RunConfig config, Progress now) {
    ObjectNode root = NODES.objectNode();
    root.put("name", config.name());
    root.put("epochs", config.epochs());
    root.put("roundsPerEpoch", config.averaging().roundsPerEpoch());
    root.put("epoch", now.epoch());
    root.put("round", now.rounds().size());
    ArrayNode ended = root.putArray("ended");
    last(now.epochs()).forEach(epoch -> add(ended.addObject(), epoch));
    ArrayNode rounds = root.putArray("rounds");
    List<RoundRecord> all =
        Stream.concat(
                now.epochs().stream().flatMap(epoch -> epoch.rounds().stream()),
                now.rounds().stream())
            .toList();
    for (RoundRecord round : last(all)) {
      double at = round.epoch() - 1 + (double) round.round() / config.averaging().roundsPerEpoch();
      if (Double.isFinite(round.score().loss())) {
        rounds.addArray().add(at).add(round.score().loss());
      }
    }
    return root + "\n";
  }

  private static <T> List<T> last(List<T> all) {
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  private static void add(ObjectNode node, EpochRecord epoch) {
    node.put("epoch", epoch.epoch());
    number(node, "trainLoss", epoch.training().loss());
    number(
        node,
        "trainAccuracy",
        epoch.validation().isOfClasses() ? epoch.training().accuracy() : Double.NaN);
    number(node, "validationLoss", epoch.validation().loss());
    number(node, "validationAccuracy", epoch.validation().accuracy());
    number(node, "seconds", epoch.seconds());
  }

  /** What is not finite is null. */
  private static void number(ObjectNode node, String name, double value) {
    node.set(name, Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode());
  }
}
