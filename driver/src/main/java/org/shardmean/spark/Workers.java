package org.shardmean.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
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
  private final StateExchange.Opening exchange;

  Workers(
      JavaSparkContext spark,
      ModelSpec model,
      LocalSettings settings,
      StateExchange.Opening exchange) {
    this.spark = spark;
    this.model = model;
    this.settings = settings;
    this.exchange = exchange;
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
    try (StateExchange states = exchange.open(spark, start, own)) {
      List<RoundAnswer> answers = shards.forEach(new RoundTask(model, settings, plan, states));
      return new Round(
          answers.stream().map(RoundAnswer::result).toList(),
          answers.stream().map(RoundAnswer::executor).toList());
    }
  }
}
