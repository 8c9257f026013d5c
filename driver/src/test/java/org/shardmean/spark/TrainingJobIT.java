package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.data.Dataset;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.train.EngineKind;
import org.shardmean.wire.WireFormat;

/** A training in one job, against a job for each round and each evaluation. */
class TrainingJobIT {
  private static final Dataset DIGITS = Runs.generated(600, 100);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  @ParameterizedTest
  @EnumSource
  void bothWaysEndInTheSameBits(WireFormat wire) {
    ConcurrentLinkedQueue<String> shared = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<String> own = new ConcurrentLinkedQueue<>();

    assertEquals(train(config(wire, 5), false, own), train(config(wire, 5), true, shared));

    assertEquals(8, own.stream().filter(job -> job.contains("epoch")).count());
    assertEquals(
        List.of("epochs 1 to 2"), shared.stream().filter(job -> job.contains("epoch")).toList());
  }

  @Test
  void workersThatKeepTheirMomentsHaveAJobForEachRound() {
    ConcurrentLinkedQueue<String> jobs = new ConcurrentLinkedQueue<>();
    RunConfig kept = config(WireFormat.FLOAT32, 2);
    train(kept.withAveraging(kept.averaging().withMoments(MomentPolicy.KEPT)), true, jobs);
    assertTrue(jobs.stream().noneMatch(job -> job.contains("epochs")), jobs.toString());
  }

  @Test
  void tasksThatSparkMayOvertakeHaveAJobForEachRound() {
    ConcurrentLinkedQueue<String> jobs = new ConcurrentLinkedQueue<>();
    SparkConf overtaking = conf(true).set("spark.speculation", "true");
    try (JavaSparkContext spark = context(overtaking, jobs)) {
      Runs.run(spark, DIGITS, config(WireFormat.FLOAT32, 2));
    }
    assertTrue(jobs.contains("epoch 2 · round 3"), jobs.toString());
    assertTrue(jobs.stream().noneMatch(job -> job.contains("epochs")), jobs.toString());
  }

  /** The second epoch trains on other shards, which the first one's tasks do not hold. */
  @Test
  void shardsThatAreDrawnAgainBeginAnotherJob() {
    ConcurrentLinkedQueue<String> jobs = new ConcurrentLinkedQueue<>();
    RunConfig same = config(WireFormat.FLOAT32, 3);
    RunConfig drawn = same.withAveraging(same.averaging().withReshuffle(true));

    assertEquals(train(drawn, false, new ConcurrentLinkedQueue<>()), train(drawn, true, jobs));

    assertTrue(jobs.contains("epochs 1 to 2"), jobs.toString());
    assertTrue(jobs.contains("epochs 2 to 2"), jobs.toString());
    assertTrue(jobs.stream().noneMatch(job -> job.contains(" · round")), jobs.toString());
  }

  /** Another job has one of the two slots, so one of the epoch's tasks cannot start. */
  @Test
  void aTaskThatGetsNoSlotIsNotWaitedFor() throws Exception {
    ConcurrentLinkedQueue<String> jobs = new ConcurrentLinkedQueue<>();
    RunConfig config = config(WireFormat.INT8, 2);
    String alone = train(config, true, new ConcurrentLinkedQueue<>());
    try (JavaSparkContext spark = context(true, jobs)) {
      JavaFutureAction<Void> other =
          spark.parallelize(List.of(1), 1).foreachAsync(number -> RELEASED.await());
      assertEquals(alone, Runs.digest(Runs.run(spark, DIGITS, config)));
      RELEASED.countDown();
      other.get();
    }
    assertTrue(jobs.contains("epochs 1 to 2"), jobs.toString());
    assertTrue(jobs.contains("epoch 1 · round 1"), jobs.toString());
  }

  /** Its tasks hold all slots, and such a job would wait for one of them for ever. */
  @Test
  @Timeout(120)
  void itGivesWayToAListenersJobBetweenTwoRounds() {
    ConcurrentLinkedQueue<String> jobs = new ConcurrentLinkedQueue<>();
    RunConfig config = config(WireFormat.INT8, 5);
    String alone = train(config, true, new ConcurrentLinkedQueue<>());
    try (JavaSparkContext spark = context(true, jobs)) {
      RunListener counting =
          new RunListener() {
            @Override
            public void roundEnded(RoundRecord round) {
              assertEquals(4, spark.parallelize(List.of(1, 2, 3, 4), 2).count());
            }
          };
      assertEquals(
          alone, Runs.digest(Runs.run(spark, DIGITS, config, Cluster.of(spark), counting)));
    }
    assertTrue(jobs.contains("epochs 2 to 2"), jobs.toString());
    assertTrue(jobs.contains("epoch 2 · round 2"), jobs.toString());
  }

  private static RunConfig config(WireFormat wire, int workers) {
    AveragingSettings averaging =
        new AveragingSettings(
            workers,
            3,
            OuterKind.NESTEROV,
            1,
            0.5,
            MomentPolicy.AVERAGED,
            false,
            wire,
            SumPlace.AUTO);
    return Runs.config(Runs.SMALL, 2, Runs.adam(EngineKind.FUSED, 1e-2, 16), averaging);
  }

  private static String train(
      RunConfig config, boolean allowed, ConcurrentLinkedQueue<String> jobs) {
    try (JavaSparkContext spark = context(allowed, jobs)) {
      return Runs.digest(Runs.run(spark, DIGITS, config));
    }
  }

  private static JavaSparkContext context(boolean allowed, ConcurrentLinkedQueue<String> jobs) {
    return context(conf(allowed), jobs);
  }

  private static SparkConf conf(boolean allowed) {
    return LocalSpark.conf(2).set(TrainingJob.ALLOWED, String.valueOf(allowed));
  }

  private static JavaSparkContext context(SparkConf conf, ConcurrentLinkedQueue<String> jobs) {
    JavaSparkContext spark = new JavaSparkContext(conf);
    spark
        .sc()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart start) {
                jobs.add(start.properties().getProperty("spark.job.description", ""));
              }
            });
    return spark;
  }
}
