package org.shardmean.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.RoundTimeModel;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.report.Texts;
import org.shardmean.run.Language;

/**
 * {@code grid.json}: a grid's figures for programs, by {@code docs/grid.schema.json}. A number that
 * is not finite is {@code null}. The points themselves are in {@code points.csv} and {@code
 * points/}.
 */
public final class GridJson {
  /** Version of the contract. */
  public static final int SCHEMA = 1;

  /** Records are in English, whatever language the page is in. */
  private static final Texts ENGLISH = Texts.of(Language.EN);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private GridJson() {}

  public static String write(GridResult result) {
    try {
      return JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(tree(result))
              .replace("\r\n", "\n")
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes can always be written", e);
    }
  }

  private static ObjectNode tree(GridResult result) {
    ObjectNode root = NODES.objectNode();
    root.put("schema", SCHEMA)
        .put("grid", result.grid().name())
        .put("isWeak", result.grid().isWeak())
        .put("across", result.across().written())
        .put("started", result.now().started())
        .put("commit", result.now().commit())
        .put("master", result.now().master())
        .put("points", result.points().size())
        .put("failed", result.failed().size())
        .put("diverged", result.diverged().size());
    root.set("targetAccuracy", number(result.grid().targetAccuracy()));
    root.set(
        "pricePerCoreHour",
        number(result.pricePerCoreHour() > 0 ? result.pricePerCoreHour() : Double.NaN));
    root.set("conclusions", strings(result.conclusions(ENGLISH)));
    root.set("unanswered", strings(result.unanswered(ENGLISH)));
    ArrayNode setups = root.putArray("setups");
    result.accuracy().forEach(one -> setups.add(setup(one)));
    root.set("calibration", calibration(result.calibration()));
    ArrayNode curves = root.putArray("curves");
    result.curves().forEach(curve -> curves.add(curve(curve, result.pricePerCoreHour())));
    ArrayNode bottlenecks = root.putArray("bottlenecks");
    result.bottlenecks().forEach(one -> bottlenecks.add(bottleneck(one)));
    ArrayNode models = root.putArray("models");
    result.models().forEach(model -> models.add(model(model)));
    root.set("comparison", comparison(result));
    return root;
  }

  private static ObjectNode setup(SetupAccuracy one) {
    ObjectNode node =
        NODES.objectNode().put("id", one.setup().id()).put("variant", one.setup().variant());
    ObjectNode settings = node.putObject("settings");
    one.setup().settings().forEach(settings::put);
    node.put("runs", one.done().size()).put("failed", one.failed());
    node.set("accuracy", figure(one.last()));
    node.set("bestAccuracy", figure(one.best()));
    node.set("trainSeconds", figure(one.trainSeconds()));
    node.set("bytes", number(one.bytes()));
    return node;
  }

  private static ObjectNode figure(SetupAccuracy.Figure figure) {
    ObjectNode node = NODES.objectNode();
    node.set("mean", number(figure.mean()));
    node.set("deviation", number(figure.deviation()));
    return node;
  }

  private static ArrayNode strings(List<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static ObjectNode calibration(Calibration measured) {
    ObjectNode node =
        NODES.objectNode().put("executors", measured.executors()).put("cores", measured.cores());
    ObjectNode images = node.putObject("imageSecondsByBatchSize");
    measured
        .imageSecondsByBatch()
        .forEach((batch, seconds) -> images.put(String.valueOf(batch), seconds));
    return node.put("emptyJobSeconds", measured.emptyJobSeconds())
        .put("roundSeconds", measured.roundSeconds())
        .put("meanSeconds", measured.meanSeconds())
        .put("stateBytes", measured.stateBytes());
  }

  private static ObjectNode curve(Curve curve, double price) {
    ObjectNode node = NODES.objectNode().put("name", curve.name());
    ArrayNode levels = node.putArray("levels");
    curve.levels().forEach(level -> levels.add(level(level, price)));
    ArrayNode expected = node.putArray("expected");
    curve.expected().forEach(one -> expected.add(expected(one)));
    return node;
  }

  private static ObjectNode level(Level level, double price) {
    ObjectNode node = NODES.objectNode();
    node.put("across", level.across())
        .put("workers", level.setup().workers())
        .put("cores", level.cores())
        .put("runs", level.done().size())
        .put("failed", level.failed());
    node.set("imagesPerSecond", spread(level.spread(PointRecord::imagesPerSecond)));
    node.set("secondsPerEpoch", spread(level.spread(PointRecord::secondsPerEpoch)));
    node.set("speedup", spread(level.speedup()));
    node.set("efficiency", spread(level.efficiency()));
    node.set("karpFlattSerialFraction", number(level.serialFraction()));
    node.set("accuracy", spread(level.spread(PointRecord::finalAccuracy)));
    ObjectNode time = node.putObject("secondsPerEpochByPart");
    time.set("compute", number(level.time().compute()));
    time.set("waiting", number(level.time().waiting()));
    time.set("sync", number(level.time().sync()));
    time.set("evaluation", number(level.time().evaluation()));
    node.set("bytesPerRound", number(level.done().get(0).bytesPerRound()));
    ObjectNode target = node.putObject("timeToAccuracy");
    target.put("runs", level.toTarget().runs()).put("reached", level.toTarget().reached());
    target.set("seconds", number(level.toTarget().seconds()));
    target.set("epochs", number(level.toTarget().epochs()));
    target.set("likely", interval(level.toTarget().likely()));
    target.set("confidence", number(level.toTarget().confidence()));
    node.set("cost", price > 0 ? spread(level.spread(run -> run.cost(price))) : NODES.nullNode());
    return node;
  }

  private static ObjectNode expected(Curve.Expected one) {
    ObjectNode node = NODES.objectNode().put("across", one.across());
    node.set("speedup", number(one.speedup()));
    node.set("likely", interval(one.likely()));
    return node;
  }

  private static ObjectNode bottleneck(Bottleneck one) {
    ObjectNode node = NODES.objectNode();
    node.put("setup", one.last().setup().id())
        .put("worst", one.worst().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    ObjectNode lost = node.putObject("lostSecondsPerEpoch");
    for (Bottleneck.Part part : Bottleneck.Part.values()) {
      lost.set(
          part.name().toLowerCase(Locale.ROOT).replace('_', ' '), number(one.lost().get(part)));
    }
    node.set("statisticalEfficiency", number(one.statisticalEfficiency()));
    return node.put("sentence", one.sentence(ENGLISH));
  }

  private static ObjectNode model(ClusterModel model) {
    RoundTimeModel.Costs costs = model.rounds().fit();
    ObjectNode node = NODES.objectNode();
    node.put("engine", model.engine().name().toLowerCase(Locale.ROOT))
        .put("batchSize", model.batchSize())
        .put("layers", model.layers())
        .put("secondsPerImage", costs.image())
        .put("latencySeconds", costs.latency())
        .put("secondsPerByte", costs.perByte())
        .put("bytesPerTask", model.bytesPerTask());
    node.set("heldOutError", spread(model.rounds().errors()));
    return node;
  }

  private static JsonNode comparison(GridResult result) {
    if (result.baseline().isEmpty() || result.verdict().isEmpty()) {
      return NODES.nullNode();
    }
    ObjectNode node = NODES.objectNode();
    node.put("baseline", result.baseline().get().started())
        .put("baselineCommit", result.baseline().get().commit())
        .put("worse", result.isWorse())
        .put("sentence", result.verdict().get().sentence(ENGLISH));
    ArrayNode findings = node.putArray("findings");
    result
        .verdict()
        .get()
        .findings()
        .forEach(
            one ->
                findings
                    .addObject()
                    .put("worse", one.worse())
                    .put("sentence", one.sentence(ENGLISH)));
    return node;
  }

  private static ObjectNode spread(Spread spread) {
    ObjectNode node = NODES.objectNode();
    node.set("least", number(spread.least()));
    node.set("median", number(spread.median()));
    node.set("mean", number(spread.mean()));
    node.set("most", number(spread.most()));
    return node;
  }

  private static ArrayNode interval(Interval interval) {
    return NODES.arrayNode().add(number(interval.low())).add(number(interval.high()));
  }

  private static JsonNode number(double value) {
    return Double.isFinite(value) && value < Double.MAX_VALUE / 2
        ? NODES.numberNode(value)
        : NODES.nullNode();
  }
}
