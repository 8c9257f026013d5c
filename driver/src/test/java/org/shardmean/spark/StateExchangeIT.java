package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.spark.StateExchange.Returned;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

class StateExchangeIT {
  private static final LocalSettings SETTINGS = Runs.adam(EngineKind.FUSED, 1e-3, 16);
  private static final RoundPlan PLAN = new RoundPlan(1, 1, 1, 1, 1);
  private static final TrainingState START =
      TrainingState.initial(InitialParameters.draw(Runs.SMALL, 1), Optimizer.ADAM);

  private static JavaSparkContext spark;
  private static Shards shards;

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
    shards = Shards.deal(spark, "training", Runs.generated(200, 10).train(), 2, 1);
  }

  @AfterAll
  static void stop() {
    shards.close();
    spark.close();
  }

  @Test
  void inOneJvmNothingIsCopied() {
    try (StateExchange exchange = StateExchange.open(spark, START, List.of())) {
      assertSame(START, exchange.startOf(1));
      List<Returned> back = shards.forEach((worker, shard) -> exchange.giveBack(worker, START));
      assertSame(START, back.get(1).state());
    }
  }

  @Test
  void whatIsSentIsAnother() {
    try (StateExchange exchange = SentStates.broadcast(spark, START, List.of())) {
      List<Returned> back = shards.forEach((worker, shard) -> exchange.giveBack(worker, START));
      assertNotSame(START.parameters(), back.get(1).state().parameters());
      assertSameBits(START, back.get(1).state());
    }
  }

  @Test
  void aRoundComesToTheSameBitsOverTheWire() {
    List<TrainingState> passed = round(StateExchange.open(spark, START, List.of()));
    List<TrainingState> sent = round(SentStates.broadcast(spark, START, List.of()));
    for (int worker = 0; worker < 2; worker++) {
      assertSameBits(passed.get(worker), sent.get(worker));
    }
  }

  @Test
  void workersGoOnFromTheirOwnMomentsEitherWay() {
    List<TrainingState> own = round(StateExchange.open(spark, START, List.of()));

    List<TrainingState> passed = round(StateExchange.open(spark, START, own));
    List<TrainingState> sent = round(SentStates.broadcast(spark, START, own));

    for (int worker = 0; worker < 2; worker++) {
      assertSameBits(passed.get(worker), sent.get(worker));
      assertEquals(2 * own.get(worker).steps(), passed.get(worker).steps());
    }
    try (StateExchange exchange = StateExchange.open(spark, START, own)) {
      assertSame(START.parameters(), exchange.startOf(1).parameters());
      assertSame(own.get(1).moments(), exchange.startOf(1).moments());
    }
  }

  @Test
  void aTaskThatIsRepeatedGivesBackOnceMore() {
    try (StateExchange exchange = StateExchange.open(spark, START, List.of())) {
      exchange.giveBack(0, START);
      TrainingState again = START.withParameters(START.parameters().clone());
      assertSame(again, exchange.giveBack(0, again).state());
    }
  }

  @Test
  void whatIsClosedIsLetGo() {
    StateExchange exchange = StateExchange.open(spark, START, List.of());
    Returned back = exchange.giveBack(0, START);
    exchange.close();

    assertInstanceOf(SharedStates.class, exchange);
    for (var late :
        List.<Runnable>of(
            () -> exchange.startOf(0), () -> exchange.giveBack(0, START), back::state)) {
      String message = assertThrows(IllegalStateException.class, late::run).getMessage();
      assertEquals(
          "exchange %d: expected an open round in this JVM, found none; its round is over"
              .formatted(((SharedStates) exchange).number()),
          message);
    }
  }

  @Test
  void theLoopReleasesEachExchangeInTheRoundThatMadeIt() {
    List<SentStates> opened = new ArrayList<>();
    StateExchange.Opening remembering =
        (context, start, own) -> {
          assertAllReleased(opened);
          opened.add(SentStates.broadcast(context, start, own));
          return opened.get(opened.size() - 1);
        };
    AveragingSettings averaging =
        new AveragingSettings(2, 2, OuterKind.MEAN, 1, 0, MomentPolicy.KEPT, false);
    Runs.run(
        spark,
        Runs.generated(200, 10),
        Runs.config(Runs.SMALL, 2, SETTINGS, averaging),
        remembering);

    assertEquals(4, opened.size());
    assertAllReleased(opened);
    assertEquals(List.of(0, 2, 2, 2), opened.stream().map(sent -> sent.own().size()).toList());
  }

  @Test
  void aRoundThatFailsReleasesItsExchangeToo() {
    List<SentStates> opened = new ArrayList<>();
    ModelSpec other = ModelSpec.parse("100-16-10", Activation.RELU);
    Workers workers =
        new Workers(
            spark,
            other,
            SETTINGS,
            (context, start, own) -> {
              opened.add(SentStates.broadcast(context, start, own));
              return opened.get(0);
            });
    TrainingState start = TrainingState.initial(InitialParameters.draw(other, 1), Optimizer.ADAM);

    Exception thrown =
        assertThrows(Exception.class, () -> workers.train(shards, PLAN, start, List.of()));

    assertTrue(thrown.getMessage().contains("images must be of 100 pixels"), thrown.getMessage());
    assertEquals(1, opened.size());
    assertAllReleased(opened);
  }

  private static void assertAllReleased(List<SentStates> opened) {
    for (SentStates sent : opened) {
      assertThrows(SparkException.class, () -> sent.start().value(), "still there");
      for (Broadcast<SentState> own : sent.own()) {
        assertThrows(SparkException.class, own::value, "still there");
      }
    }
  }

  private static List<TrainingState> round(StateExchange exchange) {
    try (exchange) {
      return shards.forEach(new RoundTask(Runs.SMALL, SETTINGS, PLAN, exchange)).stream()
          .map(answer -> answer.result().state())
          .toList();
    }
  }

  private static void assertSameBits(TrainingState expected, TrainingState actual) {
    assertArrayEquals(expected.parameters(), actual.parameters());
    assertArrayEquals(expected.moments(), actual.moments());
    assertEquals(expected.steps(), actual.steps());
  }
}
