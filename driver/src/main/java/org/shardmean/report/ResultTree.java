package org.shardmean.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.shardmean.metrics.ClassScore;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Residuals;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunRecord;
import org.shardmean.run.TimeSplit;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/** A run as the tree that {@code result.json} is written from; see its schema in docs/. */
final class ResultTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ResultTree() {}

  static ObjectNode of(RunRecord run, List<Residuals> residuals) {
    ObjectNode root = NODES.objectNode();
    root.put("schema", ResultJson.SCHEMA);
    root.put("status", ValueReader.written(run.status()));
    root.set("notices", strings(run.notices()));
    root.set("events", array(run.events().stream().map(ResultTree::event).toList()));
    root.set("data", data(run.data()));
    root.set("model", model(run));
    root.set("best", run.best().<JsonNode>map(ResultTree::best).orElse(NODES.nullNode()));
    root.set("test", run.test().<JsonNode>map(ResultTree::score).orElse(NODES.nullNode()));
    root.set("residuals", residuals(residuals));
    root.set("epochs", array(run.epochs().stream().map(ResultTree::epoch).toList()));
    root.put("keptEpoch", run.keptEpoch());
    root.set("config", config(run));
    root.set("reasons", strings(run.reasons()));
    root.set("environment", environment(run.environment()));
    root.put("command", run.command());
    root.set("firstSteps", FirstStepsTree.of(run.firstSteps()));
    return root;
  }

  private static ObjectNode event(RunEvent event) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("kind", ValueReader.written(event.kind()))
            .put("during", event.during())
            .put("line", event.line());
    node.set("seconds", number(event.seconds()));
    return node;
  }

  private static ObjectNode data(DataRecord data) {
    return NODES
        .objectNode()
        .put("name", data.name())
        .put("isMnist", data.isMnist())
        .put("trainExamples", data.trainExamples())
        .put("validationExamples", data.validationExamples())
        .put("testExamples", data.testExamples())
        .put("height", data.height())
        .put("width", data.width())
        .put("classes", data.classes())
        .put("checksum", data.checksum());
  }

  private static ObjectNode model(RunRecord run) {
    ArrayNode layers = NODES.arrayNode();
    run.config().model().layers().forEach(layers::add);
    ObjectNode model = NODES.objectNode();
    model.set("layers", layers);
    return model
        .put("hiddenActivation", ValueReader.written(run.config().model().hidden()))
        .put("parameters", run.config().model().parameters())
        .put("parametersSha256", run.parametersSha256());
  }

  private static ObjectNode best(EpochRecord best) {
    ObjectNode node = NODES.objectNode().put("epoch", best.epoch());
    node.set("validationAccuracy", number(best.validation().accuracy()));
    return node;
  }

  static ObjectNode score(Score score) {
    ObjectNode node = NODES.objectNode().put("examples", score.examples());
    node.set("loss", number(score.loss()));
    node.set("accuracy", number(score.accuracy()));
    addConfusion(node, score.confusion());
    return node;
  }

  /** In each target's own unit. */
  static ArrayNode residuals(List<Residuals> all) {
    return array(all.stream().map(ResultTree::residuals).toList());
  }

  private static ObjectNode residuals(Residuals one) {
    ObjectNode node = NODES.objectNode().put("target", one.target()).put("rows", one.rows());
    node.set("r2", number(one.explained()));
    node.set("rmse", number(one.rootMeanSquare()));
    node.set("mae", number(one.meanMagnitude()));
    return node;
  }

  private static ObjectNode epoch(EpochRecord epoch) {
    ObjectNode node = NODES.objectNode().put("epoch", epoch.epoch());
    node.put("examples", epoch.training().examples());
    node.set("trainLoss", number(epoch.training().loss()));
    node.set("trainAccuracy", accuracy(epoch.training(), epoch.validation().isOfClasses()));
    node.set("validationLoss", number(epoch.validation().loss()));
    node.set("validationAccuracy", number(epoch.validation().accuracy()));
    node.set("seconds", number(epoch.seconds()));
    node.set("trainSeconds", number(epoch.trainSeconds()));
    node.set("syncSeconds", number(epoch.time().sync()));
    node.set("imagesPerSecond", number(epoch.imagesPerSecond()));
    node.set("time", time(epoch.time()));
    boolean ofClasses = epoch.validation().isOfClasses();
    node.set(
        "rounds", array(epoch.rounds().stream().map(round -> round(round, ofClasses)).toList()));
    addConfusion(node, epoch.validation().confusion());
    return node;
  }

  /** Null where nothing is classified. */
  private static JsonNode accuracy(TrainingScore score, boolean ofClasses) {
    return number(ofClasses ? score.accuracy() : Double.NaN);
  }

  private static ObjectNode round(RoundRecord round, boolean ofClasses) {
    ObjectNode node = NODES.objectNode().put("round", round.round());
    node.put("examples", round.score().examples());
    node.set("trainLoss", number(round.score().loss()));
    node.set("trainAccuracy", accuracy(round.score(), ofClasses));
    node.set("time", time(round.time()));
    node.put("bytesOut", round.bytesOut());
    node.put("bytesBack", round.bytesBack());
    ObjectNode drift = node.putObject("drift");
    drift.set("dispersion", number(round.drift().dispersion()));
    drift.set("stepLength", number(round.drift().stepLength()));
    drift.set("cosine", number(round.drift().cosine()));
    drift.set("noiseScale", number(round.drift().noiseScale()));
    return node;
  }

  /** Seconds. */
  private static ObjectNode time(TimeSplit time) {
    ObjectNode node = NODES.objectNode();
    node.set("compute", number(time.compute()));
    node.set("waiting", number(time.waiting()));
    node.set("sync", number(time.sync()));
    node.set("evaluation", number(time.evaluation()));
    return node;
  }

  /** Rows actual, columns predicted; and the scores that follow from it. */
  private static void addConfusion(ObjectNode node, ConfusionMatrix confusion) {
    ArrayNode rows = node.putArray("confusion");
    for (long[] row : confusion.counts()) {
      ArrayNode counts = rows.addArray();
      for (long count : row) {
        counts.add(count);
      }
    }
    node.set("perClass", array(confusion.perClass().stream().map(ResultTree::perClass).toList()));
  }

  private static ObjectNode perClass(ClassScore score) {
    ObjectNode node = NODES.objectNode().put("label", score.label());
    node.set("precision", number(score.precision()));
    node.set("recall", number(score.recall()));
    node.set("f1", number(score.f1()));
    return node.put("support", score.support());
  }

  private static ObjectNode config(RunRecord run) {
    ObjectNode config = NODES.objectNode();
    TrainSettings.OF_A_RUN.forEach(
        setting -> config.set(setting.key(), setting(setting.plainIn(run.config()))));
    return config;
  }

  private static JsonNode setting(Object value) {
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Integer || value instanceof Long) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof Double real) {
      return number(real);
    }
    return NODES.textNode(value.toString());
  }

  private static ObjectNode environment(Environment environment) {
    return NODES
        .objectNode()
        .put("java", environment.java())
        .put("spark", environment.spark())
        .put("dl4j", environment.dl4j())
        .put("master", environment.master())
        .put("executors", environment.executors())
        .put("cores", environment.cores())
        .put("os", environment.os())
        .put("processor", environment.processor())
        .put("gitCommit", environment.gitCommit());
  }

  private static JsonNode number(double value) {
    return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
  }

  private static ArrayNode strings(List<String> lines) {
    ArrayNode array = NODES.arrayNode();
    lines.forEach(array::add);
    return array;
  }

  private static ArrayNode array(List<ObjectNode> nodes) {
    return NODES.arrayNode().addAll(nodes);
  }
}
