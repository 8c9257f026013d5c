package org.shardmean.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.CodedSum;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.RoundSum;
import org.shardmean.average.RoundWire;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunConfig;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Moments;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.CodedState;
import org.shardmean.wire.WireFormat;

/** The logical workers, as the driver sees them: one small Spark job a round. */
final class Workers {
  private final JavaSparkContext spark;
  private final ModelSpec model;
  private final LocalSettings settings;
  private final MomentPolicy moments;
  private final WireFormat format;

  Workers(JavaSparkContext spark, RunConfig config) {
    this.spark = spark;
    this.model = config.model();
    this.settings = config.local();
    this.moments = config.averaging().moments();
    this.format = config.averaging().wire();
  }

  /**
   * What came back from a round.
   *
   * @param sum over all workers
   * @param own each worker's own moments, in order of worker, where workers keep them; otherwise
   *     empty
   * @param seconds that each task spent in local steps
   * @param executors where each task ran
   * @param bytesOut of the states that went out, once for each executor
   * @param bytesBack of the states that came back
   */
  record Round(
      RoundSum sum,
      List<Moments> own,
      List<Double> seconds,
      List<String> executors,
      long bytesOut,
      long bytesBack) {
    private static Round of(RoundSum sum, RoundStart sent, List<RoundAnswer> answers) {
      List<String> executors = answers.stream().map(RoundAnswer::executor).toList();
      return new Round(
          sum,
          answers.stream()
              .flatMap(answer -> answer.ownMoments().stream())
              .map(CodedState::moments)
              .toList(),
          answers.stream().map(RoundAnswer::seconds).toList(),
          executors,
          sent.bytes((int) executors.stream().distinct().count()),
          answers.stream().mapToLong(RoundAnswer::bytes).sum());
    }
  }

  /**
   * The state out, local steps, the sum over all workers back.
   *
   * @param own each worker's own moments to go on with, in order of worker; empty where all go on
   *     from the moments of {@code start}
   */
  Round train(Shards shards, RoundPlan plan, TrainingState start, List<Moments> own) {
    spark.setJobDescription("epoch " + plan.epoch() + " · round " + plan.round());
    RoundWire wire = new RoundWire(format, plan);
    try (RoundStart sent = RoundStart.broadcast(spark, wire, start, own, shards.blocks())) {
      List<RoundAnswer> answers =
          shards.inBlocks(new RoundTask(model, settings, moments, wire, sent));
      CodedSum whole = shards.total(answers.stream().map(RoundAnswer::sums).toList(), wire::add);
      return Round.of(wire.total(whole, start.parameters()), sent, answers);
    }
  }
}
