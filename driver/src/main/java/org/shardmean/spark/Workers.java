package org.shardmean.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.data.Digits;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/** The logical workers, as the driver sees them: one small Spark job a round. */
final class Workers {
  private final JavaSparkContext spark;
  private final ModelSpec model;
  private final LocalSettings settings;

  Workers(JavaSparkContext spark, ModelSpec model, LocalSettings settings) {
    this.spark = spark;
    this.model = model;
    this.settings = settings;
  }

  /** What came back from a round. */
  record Round(List<LocalResult> results, List<String> executors) {
    Round {
      results = List.copyOf(results);
      executors = List.copyOf(executors);
    }
  }

  /**
   * Parameters out, local steps, results back in order of worker.
   *
   * @param own each worker's own moments to go on with, in order of worker; empty where all go on
   *     from the moments of {@code start}
   */
  Round train(Shards shards, RoundPlan plan, TrainingState start, List<TrainingState> own) {
    spark.setJobDescription("epoch " + plan.epoch() + " · round " + plan.round());
    Broadcast<SentState> sent = spark.broadcast(SentState.of(start));
    try {
      RoundTask task = new RoundTask(model, settings, plan, sent);
      List<RoundAnswer> answers = answers(shards.rdd(), task, own).collect();
      return new Round(
          answers.stream().map(RoundAnswer::result).toList(),
          answers.stream().map(RoundAnswer::executor).toList());
    } finally {
      sent.destroy();
    }
  }

  private JavaRDD<RoundAnswer> answers(
      JavaRDD<Digits> shards, RoundTask task, List<TrainingState> own) {
    if (own.isEmpty()) {
      return shards.mapPartitionsWithIndex(task, true);
    }
    List<OwnMoments> moments =
        IntStream.range(0, own.size())
            .mapToObj(worker -> new OwnMoments(worker, SentState.momentsOf(own.get(worker))))
            .toList();
    return shards.zipPartitions(
        spark.parallelize(moments, moments.size()),
        (shard, one) -> {
          OwnMoments mine = one.next();
          return task.callWith(mine.state(), mine.worker(), shard);
        });
  }

  /** Travels inside the task of its worker, and nowhere else. */
  private record OwnMoments(int worker, SentState state) implements Serializable {}
}
