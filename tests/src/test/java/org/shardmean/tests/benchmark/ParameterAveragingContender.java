package org.shardmean.tests.benchmark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.shardmean.data.Dataset;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Dl4jNetworks;
import org.shardmean.model.InitialParameters;

/**
 * DL4J on Spark: {@code ParameterAveragingTrainingMaster} as its documentation recommends, an
 * averaging every five minibatches, two prefetched; and the RDD in memory, not exported to files.
 */
public final class ParameterAveragingContender {
  private static final long SEED = 42;

  private ParameterAveragingContender() {}

  /** Takes data, epochs, batch size, master. */
  public static void main(String[] arguments) throws Exception {
    Dataset dataset = BenchmarkData.load(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    int batchSize = Integer.parseInt(arguments[2]);
    ImageSet training = BenchmarkData.all(dataset.train());
    ImageSet validation = BenchmarkData.all(dataset.test());
    SparkConf conf =
        new SparkConf()
            .setAppName("ParameterAveragingTrainingMaster")
            .setMaster(arguments[3])
            .set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      List<DataSet> batches = Dl4jFitContender.batches(training, batchSize, 1);
      JavaRDD<DataSet> examples = onExecutors(spark.parallelize(batches));
      SparkDl4jMultiLayer trainer =
          new SparkDl4jMultiLayer(spark, start(), trainingMaster(batchSize));
      for (int epoch = 1; epoch <= epochs; epoch++) {
        long began = System.nanoTime();
        MultiLayerNetwork network = trainer.fit(examples);
        double seconds = (System.nanoTime() - began) * 1e-9;
        double accuracy = Dl4jFitContender.accuracy(network, validation);
        System.out.println(new Stretch(training.count(), seconds, accuracy).written());
      }
    }
  }

  /**
   * Behind a shuffle: what was only parallelized would travel inside every task, and there is one
   * for every averaging. The training master keeps it in memory itself.
   */
  private static JavaRDD<DataSet> onExecutors(JavaRDD<DataSet> batches) {
    return batches.repartition(batches.getNumPartitions());
  }

  private static MultiLayerNetwork start() {
    return Dl4jNetworks.network(
        BenchmarkSetting.SPEC,
        InitialParameters.draw(BenchmarkSetting.SPEC, SEED),
        new Adam(BenchmarkSetting.RATE),
        0);
  }

  private static ParameterAveragingTrainingMaster trainingMaster(int batchSize) {
    return new ParameterAveragingTrainingMaster.Builder(batchSize)
        .batchSizePerWorker(batchSize)
        .averagingFrequency(5)
        .workerPrefetchNumBatches(2)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(StorageLevel.MEMORY_ONLY())
        .build();
  }
}
