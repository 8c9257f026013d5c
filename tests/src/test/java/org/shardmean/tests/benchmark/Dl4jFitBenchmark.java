package org.shardmean.tests.benchmark;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Dl4jNetworks;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.OpenBlas;
import org.shardmean.train.Batch;

/**
 * DL4J's own {@code MultiLayerNetwork.fit} on one thread. Its features are floats already, so
 * widening the bytes, which the fused engine's step includes, costs it nothing here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Dl4jFitBenchmark {
  private static final int BATCHES = 32;

  @Param({"32", "64", "128", "256"})
  public int batchSize;

  private final INDArray[] features = new INDArray[BATCHES];
  private final INDArray[] labels = new INDArray[BATCHES];
  private MultiLayerNetwork network;
  private int next;

  @Setup
  public void load() {
    OpenBlas.load();
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    OpenBlas.load();
    network =
        Dl4jNetworks.network(
            BenchmarkSetting.SPEC,
            InitialParameters.draw(BenchmarkSetting.SPEC, 1),
            new Adam(BenchmarkSetting.RATE),
            0);
    ImageSet digits = BenchmarkSetting.digits();
    Batch batch = new Batch(batchSize, digits.pixels());
    int[] order = BenchmarkSetting.order();
    for (int b = 0; b < BATCHES; b++) {
      batch.fill(digits, order, b * batchSize, batchSize);
      features[b] = Nd4j.createFromArray(batch.features()).reshape('c', batchSize, batch.inputs());
      float[] oneHot = new float[batchSize * BenchmarkSetting.SPEC.classes()];
      for (int row = 0; row < batchSize; row++) {
        oneHot[row * BenchmarkSetting.SPEC.classes() + batch.labels()[row]] = 1;
      }
      labels[b] =
          Nd4j.createFromArray(oneHot).reshape('c', batchSize, BenchmarkSetting.SPEC.classes());
    }
  }

  @Benchmark
  public void fit() {
    network.fit(features[next], labels[next]);
    next = (next + 1) % BATCHES;
  }

  @TearDown
  public void close() {
    network.close();
    for (int b = 0; b < BATCHES; b++) {
      features[b].close();
      labels[b].close();
    }
  }
}
