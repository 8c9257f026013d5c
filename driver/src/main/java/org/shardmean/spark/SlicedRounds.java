package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.storage.BlockManagerId;
import org.shardmean.average.RoundSum;
import org.shardmean.average.RoundWire;
import org.shardmean.run.Progress;
import org.shardmean.run.RunConfig;
import org.shardmean.train.RoundPlan;
import org.shardmean.wire.Part;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;

/**
 * Rounds whose results are added up on executors. Each task cuts what its workers did into parts of
 * the parameters; a shuffle brings all of one part to one task, which adds it up along the tree,
 * takes the outer step, and keeps the part of the next start; executors fetch that from one
 * another. The driver gets the whole sum once in a round, however many workers and tasks there are,
 * and sends no state but before the first round, and to replace what was lost with an executor.
 *
 * <p>Reducing a vector in parts, each on another machine, is the reduce-scatter of collective
 * communication; inside Spark it is that of MLlib* (Zhang et al., "MLlib*: Fast Training of GLMs
 * Using Spark MLlib", ICDE 2019).
 */
final class SlicedRounds implements AutoCloseable {
  private final JavaSparkContext spark;
  private final RunConfig config;
  private final List<Part> parts;
  private final String name;
  private final PartsOfDriver ofDriver;
  private final RpcEndpointRef endpoint;

  /** What executors kept, and the round that starts from it. */
  private Optional<Kept> kept = Optional.empty();

  private record Kept(KeptParts parts, RoundPlan next) {}

  /**
   * Nothing is computed yet.
   *
   * @param tasks of a round; there are at most as many parts
   */
  SlicedRounds(JavaSparkContext spark, RunConfig config, int tasks) {
    this.spark = requireNonNull(spark, "spark");
    this.config = requireNonNull(config, "config");
    this.parts = Part.cut(config.model().parameters(), tasks);
    this.name = "parts-" + spark.sc().newRddId();
    this.ofDriver = new PartsOfDriver(spark.sc().env().rpcEnv());
    this.endpoint = spark.sc().env().rpcEnv().setupEndpoint(name, ofDriver);
  }

  /** The state out, local steps, the sum over all workers back. */
  Workers.Round train(Shards shards, RoundWire wire, Progress now) {
    RoundPlan plan = wire.plan();
    spark.setJobDescription("epoch " + plan.epoch() + " · round " + plan.round());
    boolean isThere = kept.filter(one -> one.next().equals(plan)).isPresent();
    KeptParts from = isThere ? kept.orElseThrow().parts() : noParts();
    KeptParts to = noParts();
    ofDriver.begin(from, wire, now);
    try (RoundStart start =
        isThere
            ? RoundStart.inParts(from)
            : RoundStart.broadcast(spark, wire, now.state(), List.of(), shards.blocks())) {
      List<PartSum.Answer> answers = answers(shards, wire, start, from, to);
      forgetKept();
      kept = Optional.of(new Kept(to, next(plan)));
      return round(wire, now, answers, start.bytes(Cluster.executors(spark)) + ofDriver.bytes());
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      forget(to);
      throw e;
    } finally {
      ofDriver.end();
    }
  }

  private KeptParts noParts() {
    return new KeptParts(spark.sc().newRddId(), parts, name);
  }

  private List<PartSum.Answer> answers(
      Shards shards, RoundWire wire, RoundStart start, KeptParts from, KeptParts to) {
    RoundTask task =
        new RoundTask(config.model(), config.local(), config.averaging().moments(), wire, start);
    ShuffleDependency<Integer, BlockPart, BlockPart> trained =
        new TrainedParts(shards.rdd(), shards.tree(), shards.blocks(), task, parts).byPart();
    PartSum sum =
        new PartSum(
            shards.tree(),
            shards.blocks(),
            wire,
            RoundWire.of(wire.format(), next(wire.plan()), config.model().parameters()),
            config.averaging(),
            config.local().optimizer(),
            from,
            to);
    try {
      ClassTag<PartSum.Answer> anyClass = ClassTag.apply(Object.class);
      return inOrder(spark.sc().runJob(new SummedParts(trained, places()), sum, anyClass));
    } finally {
      spark.sc().env().shuffleManager().unregisterShuffle(trained.shuffleId());
      if (spark.sc().cleaner().isDefined()) {
        spark.sc().cleaner().get().doCleanupShuffle(trained.shuffleId(), false);
      }
    }
  }

  @SuppressWarnings("unchecked") // Scala's Array[R] is an Object[] under the tag of Object.
  private static List<PartSum.Answer> inOrder(Object answers) {
    return Stream.of((Object[]) answers).map(answer -> (PartSum.Answer) answer).toList();
  }

  /** Executors, as Spark writes them where a task should run; none where the driver computes. */
  private List<String> places() {
    return JavaConverters.setAsJavaSet(
            spark.sc().env().blockManager().master().getMemoryStatus().keySet())
        .stream()
        .filter(place -> !place.isDriver())
        .sorted(
            Comparator.comparing(BlockManagerId::executorId).thenComparing(BlockManagerId::host))
        .map(place -> "executor_" + place.host() + "_" + place.executorId())
        .toList();
  }

  /** The round that comes next; the last of a training has none, and its own start is of no use. */
  private static RoundPlan next(RoundPlan plan) {
    boolean endsEpoch = plan.round() == plan.roundsPerEpoch();
    boolean isLast = endsEpoch && plan.epoch() == plan.epochs();
    return isLast
        ? plan
        : new RoundPlan(
            plan.seed(),
            plan.epochs(),
            plan.roundsPerEpoch(),
            endsEpoch ? plan.epoch() + 1 : plan.epoch(),
            endsEpoch ? 1 : plan.round() + 1);
  }

  private Workers.Round round(
      RoundWire wire, Progress now, List<PartSum.Answer> answers, long bytesOut) {
    float[] start = now.state().parameters();
    RoundSum sum =
        RoundSum.join(
            parts,
            number -> {
              Part part = parts.get(number);
              return wire.of(part).total(answers.get(number).whole(), part.of(start));
            });
    return new Workers.Round(
        sum,
        List.of(),
        answers.get(0).seconds(),
        answers.get(0).executors(),
        bytesOut,
        answers.stream().mapToLong(answer -> answer.whole().mean().bytes()).sum());
  }

  private void forgetKept() {
    kept.ifPresent(old -> forget(old.parts()));
    kept = Optional.empty();
  }

  /** As if it were an RDD, so that Spark's listeners hear of it, and may let executors go. */
  private void forget(KeptParts old) {
    spark.sc().unpersistRDD(old.id(), false);
  }

  /** Gives back what executors and driver hold for it. */
  @Override
  public void close() {
    forgetKept();
    spark.sc().env().rpcEnv().stop(endpoint);
  }
}
