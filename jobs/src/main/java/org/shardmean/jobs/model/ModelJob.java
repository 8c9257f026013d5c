package org.shardmean.jobs.model;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.DataException;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.command.Required;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.model.SavedModel;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;

/** A job that uses a saved model, which is read before the job's own part. */
interface ModelJob extends SparkJob {

  /** Settings that it cannot do without; the model is one. */
  List<Setting<?>> required();

  /** Whether it takes networks that are no classifiers, too. */
  default boolean takesAnyNetwork() {
    return false;
  }

  /**
   * Does the job's own part.
   *
   * @throws Exception as {@link Job#run}
   */
  void run(JavaSparkContext spark, GivenSettings given, SavedModel model) throws Exception;

  @Override
  default void run(GivenSettings given) throws Exception {
    Required.in(given, required());
    SparkJob.super.run(given);
  }

  @Override
  default void run(JavaSparkContext spark, GivenSettings given) throws Exception {
    String file = given.get(ModelUseSettings.MODEL);
    SavedModel model = SavedModel.read(file, spark.hadoopConfiguration());
    if (!takesAnyNetwork()) {
      requireClassifier(given, model);
    }
    run(spark, given, model);
  }

  /** For what only a classifier can do. */
  default void requireClassifier(GivenSettings given, SavedModel model) {
    if (!model.spec().isClassifier()) {
      throw new DataException(
          "%s: expected a classifier, a network that ends in a softmax, found one that ends in %s"
              .formatted(given.get(ModelUseSettings.MODEL), model.spec().output().function()));
    }
  }
}
