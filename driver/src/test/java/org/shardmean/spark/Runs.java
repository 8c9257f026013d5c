package org.shardmean.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.AveragingSettings;
import org.shardmean.data.Dataset;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParametersDigest;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;
import org.shardmean.train.TrainingState;

/** Small runs of the main path, and the settings they start from. */
final class Runs {
  static final ModelSpec LECTURE = ModelSpec.parse("784-128-64-10", Activation.RELU);
  static final ModelSpec SMALL = ModelSpec.parse("784-16-10", Activation.RELU);

  private Runs() {}

  static Dataset generated(int train, int test) {
    return Dataset.of(
        "generated", new GeneratedExamples(train, 7, false), new GeneratedExamples(test, 7, true));
  }

  static LocalSettings adam(EngineKind engine, double peak, int batch) {
    return LocalSettings.of(
        engine, Optimizer.ADAM, new LearningRate(Schedule.ONE_CYCLE, peak, 0.1), batch);
  }

  static RunConfig config(
      ModelSpec model, int epochs, LocalSettings local, AveragingSettings averaging) {
    return RunConfig.of(model).withEpochs(epochs).withLocal(local).withAveraging(averaging);
  }

  static TrainingOutcome run(JavaSparkContext spark, Dataset dataset, RunConfig config) {
    return run(spark, dataset, config, Cluster.of(spark));
  }

  /** On a cluster that has other task slots than Spark says. */
  static TrainingOutcome run(
      JavaSparkContext spark, Dataset dataset, RunConfig config, Cluster cluster) {
    return run(spark, dataset, config, cluster, RunListener.NONE);
  }

  static TrainingOutcome run(
      JavaSparkContext spark,
      Dataset dataset,
      RunConfig config,
      Cluster cluster,
      RunListener listener) {
    try (Evaluation evaluation =
        new Evaluation(
            spark, config.model(), config.local().engine(), dataset.test(), cluster.cores())) {
      return new AveragingLoop(spark, config, cluster, listener)
          .run(dataset.train(), evaluation, start(config));
    }
  }

  static TrainingState start(RunConfig config) {
    return TrainingState.initial(
        InitialParameters.draw(config.model(), config.seed()), config.local().optimizer());
  }

  static String digest(TrainingOutcome outcome) {
    return ParametersDigest.sha256(outcome.parameters());
  }
}
