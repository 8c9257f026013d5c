package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskKilled;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.data.Dataset;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunConfig;
import org.shardmean.train.EngineKind;
import org.shardmean.wire.WireFormat;

class DisturbedRunIT {
  private static final Dataset DIGITS = Runs.generated(4000, 200);

  @Test
  void tasksThatAreKilledAndRunAgainLeaveNoTrace() {
    assertNoTraceIsLeft(MomentPolicy.AVERAGED, WireFormat.FLOAT32);
    assertNoTraceIsLeft(MomentPolicy.AVERAGED, WireFormat.INT8);
  }

  @Test
  void norDoTheyWhereWorkersKeepTheirMoments() {
    assertNoTraceIsLeft(MomentPolicy.KEPT, WireFormat.BFLOAT16);
  }

  @Test
  void norWhereTasksAddUpInParts() {
    assertNoTraceIsLeft(
        ModelSpec.parse("784-400-10", Activation.RELU),
        averaging(MomentPolicy.AVERAGED, WireFormat.INT8).withPlace(SumPlace.SLICED));
  }

  private static void assertNoTraceIsLeft(MomentPolicy moments, WireFormat wire) {
    assertNoTraceIsLeft(Runs.LECTURE, averaging(moments, wire));
  }

  /** Seven workers on two task slots: a task trains several. */
  private static AveragingSettings averaging(MomentPolicy moments, WireFormat wire) {
    return new AveragingSettings(
        7, 4, OuterKind.NESTEROV, 1, 0.5, moments, false, wire, SumPlace.DRIVER);
  }

  private static void assertNoTraceIsLeft(ModelSpec model, AveragingSettings averaging) {
    RunConfig config = Runs.config(model, 3, Runs.adam(EngineKind.FUSED, 2e-3, 8), averaging);
    String undisturbed;
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      undisturbed =
          Runs.digest(
              Runs.run(spark, DIGITS, config.withAveraging(averaging.withPlace(SumPlace.DRIVER))));
    }

    Killer killer = new Killer();
    String disturbed;
    try (JavaSparkContext spark = killable()) {
      killer.spark = spark;
      spark.sc().addSparkListener(killer);
      disturbed = Runs.digest(Runs.run(spark, DIGITS, config));
    }

    assertTrue(killer.killed.get() > 0, "no task was killed: the test disturbed nothing");
    assertEquals(undisturbed, disturbed);
  }

  private static JavaSparkContext killable() {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2,4]")
            .setAppName("disturbed")
            .set("spark.ui.enabled", "false")
            .set("spark.task.maxDirectResultSize", "64m"));
  }

  /** Kills the first attempt of every third task as soon as it starts. */
  private static final class Killer extends SparkListener {
    private final AtomicInteger killed = new AtomicInteger();
    private volatile JavaSparkContext spark;

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      long task = start.taskInfo().taskId();
      if (task % 3 == 0 && start.taskInfo().attemptNumber() == 0) {
        spark.sc().killTaskAttempt(task, true, "disturbed by the test");
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.reason() instanceof TaskKilled) {
        killed.incrementAndGet();
      }
    }
  }
}
