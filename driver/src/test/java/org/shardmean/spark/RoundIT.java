package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.Block;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.RoundSum;
import org.shardmean.average.SumPlace;
import org.shardmean.average.SumTree;
import org.shardmean.data.Dataset;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ShardAssignment;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.Progress;
import org.shardmean.run.RunConfig;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.Moments;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.WireFormat;

/** One round over Spark, against the same workers trained here one after another. */
class RoundIT {
  private static final int WORKERS = 5;
  private static final LocalSettings SETTINGS = Runs.adam(EngineKind.FUSED, 1e-3, 16);
  private static final RoundPlan PLAN = new RoundPlan(1, 1, 1, 1, 1);
  private static final Dataset DIGITS = Runs.generated(203, 10);

  private static JavaSparkContext spark;
  private static Shards shards;
  private static Evaluation evaluation;

  @BeforeAll
  static void start() {
    // In a job of its own a round is sent out once; TrainingJobIT has the other way.
    spark = new JavaSparkContext(LocalSpark.conf(2).set(TrainingJob.ALLOWED, "false"));
    shards = new Shards(spark, "training", DIGITS.train(), new Dealing.ByClass(WORKERS, 1, 0), 2);
    evaluation = new Evaluation(spark, Runs.SMALL, EngineKind.FUSED, DIGITS.test(), 2);
  }

  @AfterAll
  static void stop() {
    evaluation.close();
    shards.close();
    spark.close();
  }

  private static Workers workers(RunConfig config) {
    return new Workers(spark, config, evaluation);
  }

  @Test
  void aRoundIsTheSumOfItsWorkers() {
    RunConfig config = config(MomentPolicy.AVERAGED);
    TrainingState start = Runs.start(config);

    Workers.Round round = workers(config).train(shards, progress(start, List.of()));

    assertSameSum(trainedHere(worker -> start), round.sum());
    assertEquals(List.of(), round.own());
    assertEquals(2, round.executors().size(), "a task for each slot");
    int parameters = config.model().parameters();
    long state = WireFormat.FLOAT32.bytesOfStart(parameters, 2 * parameters);
    assertEquals(state, round.bytesOut());
    assertEquals(3 * state, round.bytesBack(), "workers 0 and 1, 2 and 3, and 4");
  }

  @Test
  void workersGoOnFromTheirOwnMoments() {
    RunConfig config = config(MomentPolicy.KEPT);
    TrainingState start = Runs.start(config);
    Workers workers = workers(config);

    Workers.Round first = workers.train(shards, progress(start, List.of()));
    Workers.Round second = workers.train(shards, progress(start, first.own()));

    assertEquals(WORKERS, first.own().size());
    RoundSum here =
        trainedHere(
            worker -> {
              Moments own = first.own().get(worker);
              return new TrainingState(start.parameters(), own.values(), own.steps());
            });
    assertArrayEquals(here.mean().parameters(), second.sum().mean().parameters());
    assertEquals(here.mean().steps(), second.sum().mean().steps());
  }

  @ParameterizedTest
  @EnumSource(MomentPolicy.class)
  void momentsThatAreNotAveragedAreNotSentToBe(MomentPolicy policy) {
    RunConfig config = config(policy);
    Workers.Round round = workers(config).train(shards, progress(Runs.start(config), List.of()));
    assertEquals(
        policy == MomentPolicy.AVERAGED ? 2 * config.model().parameters() : 0,
        round.sum().mean().moments().length);
  }

  @Test
  void nothingOfARoundStaysBehind() {
    RunConfig config = config(MomentPolicy.KEPT);
    Workers workers = workers(config);
    Workers.Round first = workers.train(shards, progress(Runs.start(config), List.of()));
    LargeBroadcasts.awaitCount(0);
    workers.train(shards, progress(Runs.start(config), first.own()));
    LargeBroadcasts.awaitCount(0);
  }

  @Test
  void norOfOneThatFails() {
    ModelSpec other = ModelSpec.parse("100-16-10", Activation.RELU);
    RunConfig config = Runs.config(other, 1, SETTINGS, AveragingSettings.mean(WORKERS, 1));
    Workers workers = workers(config);
    LargeBroadcasts.awaitCount(0);

    Exception thrown =
        assertThrows(
            Exception.class, () -> workers.train(shards, progress(Runs.start(config), List.of())));

    assertTrue(thrown.getMessage().contains("examples must be of 100 inputs"), thrown.getMessage());
    LargeBroadcasts.awaitCount(0);
  }

  @Test
  void aRoundTripGivesEachTaskTheStateAndTakesItBack() {
    TrainingState state = Runs.start(config(MomentPolicy.AVERAGED));
    RoundSum back = RoundTrip.run(spark, shards, state, WireFormat.FLOAT32);
    assertEquals(WORKERS, back.workers());
    assertArrayEquals(state.parameters(), back.mean().parameters());
    assertArrayEquals(state.moments(), back.mean().moments());
  }

  private static Progress progress(TrainingState start, List<Moments> own) {
    return new Progress(
        start,
        own,
        new float[0],
        new float[0],
        TrainingScore.EMPTY,
        start.parameters(),
        List.of(),
        List.of());
  }

  private static RunConfig config(MomentPolicy policy) {
    return Runs.config(
            Runs.SMALL,
            1,
            SETTINGS,
            new AveragingSettings(
                WORKERS, 1, OuterKind.MEAN, 1, 0, policy, false, WireFormat.FLOAT32, SumPlace.AUTO))
        .withSeed(PLAN.seed());
  }

  private static RoundSum trainedHere(IntFunction<TrainingState> starts) {
    ExampleSource source = DIGITS.train();
    ShardAssignment assignment = ShardAssignment.of(source, WORKERS, 1);
    try (LocalTrainer trainer = new LocalTrainer(Runs.SMALL, SETTINGS)) {
      List<LocalResult> results =
          IntStream.range(0, WORKERS)
              .mapToObj(
                  worker ->
                      trainer.train(
                          PLAN,
                          worker,
                          source.select(assignment.examplesOf(worker)),
                          starts.apply(worker)))
              .toList();
      return new SumTree(WORKERS)
          .partialSums(
              new Block(0, WORKERS),
              worker -> RoundSum.of(results.get(worker)),
              RoundSum::addInPlace)
          .get(0);
    }
  }

  private static void assertSameSum(RoundSum expected, RoundSum actual) {
    assertArrayEquals(expected.mean().parameters(), actual.mean().parameters());
    assertArrayEquals(expected.mean().moments(), actual.mean().moments());
    assertEquals(expected.mean().steps(), actual.mean().steps());
    assertEquals(expected.score(), actual.score());
    assertEquals(expected.spread(), actual.spread());
    assertEquals(WORKERS, actual.workers());
  }
}
