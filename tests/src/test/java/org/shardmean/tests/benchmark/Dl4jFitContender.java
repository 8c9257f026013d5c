package org.shardmean.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.shardmean.data.Dataset;
import org.shardmean.data.ImageSet;
import org.shardmean.data.Seeds;
import org.shardmean.model.Dl4jNetworks;
import org.shardmean.model.InitialParameters;

/** DL4J by itself: {@code MultiLayerNetwork.fit} on minibatches that are made beforehand. */
public final class Dl4jFitContender {
  private static final double RATE = 2e-3;
  private static final long SEED = 42;

  private Dl4jFitContender() {}

  /** Takes data, epochs, batch size. */
  public static void main(String[] arguments) throws Exception {
    Dataset dataset = BenchmarkData.load(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    int batchSize = Integer.parseInt(arguments[2]);
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    ImageSet training = BenchmarkData.all(dataset.train());
    ImageSet validation = BenchmarkData.all(dataset.test());
    int steps = epochs * ((training.count() + batchSize - 1) / batchSize);
    MultiLayerNetwork network =
        Dl4jNetworks.network(
            BenchmarkSetting.SPEC,
            InitialParameters.draw(BenchmarkSetting.SPEC, SEED),
            new Adam(new PolySchedule(ScheduleType.ITERATION, RATE, 1, steps + 1)),
            0);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      List<DataSet> batches = batches(training, batchSize, epoch);
      long began = System.nanoTime();
      for (DataSet batch : batches) {
        network.fit(batch);
      }
      double seconds = (System.nanoTime() - began) * 1e-9;
      batches.forEach(Dl4jFitContender::close);
      System.out.println(
          new Stretch(training.count(), seconds, accuracy(network, validation)).written());
    }
  }

  /** An epoch's minibatches, in an order of its own. */
  static List<DataSet> batches(ImageSet digits, int batchSize, int epoch) {
    int[] order =
        Seeds.permutation(digits.count(), Seeds.generator(SEED, Seeds.Purpose.SHUFFLE, epoch, 0));
    List<DataSet> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      batches.add(
          BenchmarkData.dl4j(digits, order, from, Math.min(order.length, from + batchSize)));
    }
    return batches;
  }

  private static void close(DataSet batch) {
    batch.getFeatures().close();
    batch.getLabels().close();
  }

  static double accuracy(MultiLayerNetwork network, ImageSet validation) {
    Evaluation evaluation = new Evaluation(validation.classes());
    for (DataSet batch : batches(validation, 1000, 1)) {
      evaluation.eval(batch.getLabels(), network.output(batch.getFeatures()));
    }
    return evaluation.accuracy();
  }
}
