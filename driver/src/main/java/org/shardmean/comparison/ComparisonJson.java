package org.shardmean.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.report.Texts;
import org.shardmean.run.Environment;
import org.shardmean.run.Language;

/** {@code comparison.json}: all that a comparison measured, for programs. */
public final class ComparisonJson {
  private static final int FORMAT = 1;

  private ComparisonJson() {}

  public static String write(Comparison comparison) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.put("network", comparison.network());
    root.put("seed", comparison.seed());
    root.put("oneApplication", comparison.oneApplication());
    data(root.putObject("data"), comparison);
    environment(root.putObject("environment"), comparison.environment());
    ArrayNode notices = root.putArray("notices");
    comparison.notices().forEach(notices::add);
    ArrayNode conclusions = root.putArray("conclusions");
    comparison.conclusions(Texts.of(Language.EN)).forEach(conclusions::add);
    ArrayNode contenders = root.putArray("contenders");
    comparison.contenders().forEach(one -> contender(contenders.addObject(), one));
    return root.toPrettyString() + "\n";
  }

  private static void data(ObjectNode node, Comparison comparison) {
    node.put("name", comparison.data().name());
    node.put("trainExamples", comparison.data().trainExamples());
    node.put("validationExamples", comparison.data().validationExamples());
    node.put("height", comparison.data().height());
    node.put("width", comparison.data().width());
    node.put("classes", comparison.data().classes());
    node.put("checksum", comparison.data().checksum());
  }

  private static void environment(ObjectNode node, Environment environment) {
    node.put("java", environment.java());
    node.put("spark", environment.spark());
    node.put("dl4j", environment.dl4j());
    node.put("master", environment.master());
    node.put("executors", environment.executors());
    node.put("cores", environment.cores());
    node.put("os", environment.os());
    node.put("processor", environment.processor());
    node.put("gitCommit", environment.gitCommit());
  }

  private static void contender(ObjectNode node, Contender contender) {
    node.put("id", contender.id());
    node.put("title", contender.title());
    node.put("problem", contender.problem().orElse(null));
    ObjectNode settings = node.putObject("settings");
    contender.course().settings().forEach(settings::put);
    node.put("preparationSeconds", contender.course().preparationSeconds());
    ArrayNode milestones = node.putArray("milestones");
    for (Milestone milestone : contender.course().milestones()) {
      ObjectNode one = milestones.addObject();
      one.put("label", milestone.label());
      one.put("seconds", milestone.seconds());
      one.put("accuracy", milestone.accuracy());
      matrix(one.putArray("confusion"), milestone.validation());
    }
  }

  /** Rows are the actual classes, columns the predicted ones. */
  private static void matrix(ArrayNode rows, ConfusionMatrix confusion) {
    for (long[] row : confusion.counts()) {
      ArrayNode cells = rows.addArray();
      for (long count : row) {
        cells.add(count);
      }
    }
  }
}
