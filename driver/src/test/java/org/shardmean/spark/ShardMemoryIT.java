package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.RDDInfo;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.Optimizer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/** What the data costs: a shard its bytes, a task at most 64 MB. */
class ShardMemoryIT {
  private static final int BYTES_AN_IMAGE = 785;
  private static final ModelSpec LECTURE = ModelSpec.parse("784-128-64-10", Activation.RELU);

  @Test
  void aShardCostsItsBytes() {
    int images = 80_000;
    try (JavaSparkContext spark = LocalSpark.withCores(2);
        Shards shards =
            new Shards(
                spark,
                "measured",
                new GeneratedExamples(images, 1, false),
                new Dealing.ByClass(4, 1, 0),
                2)) {
      shards.keep();

      RDDInfo stored = spark.sc().getRDDStorageInfo()[0];

      assertEquals(2, stored.numCachedPartitions());
      assertEquals(1.0, (double) stored.memSize() / (BYTES_AN_IMAGE * images), 0.01);
    }
  }

  /**
   * All that a round allocates, on the heap and beside it, be it garbage by then or not: here with
   * the list of an order, which a shard of more than a million images does without.
   */
  @Test
  void aTaskTakesLittleBesideItsShard() {
    int images = 100_000;
    ImageSet shard =
        new GeneratedExamples(images, 1, false).select(IntStream.range(0, images).toArray());
    TrainingState start = TrainingState.initial(InitialParameters.draw(LECTURE, 1), Optimizer.ADAM);
    LocalSettings settings =
        LocalSettings.of(EngineKind.FUSED, Optimizer.ADAM, LearningRate.constant(1e-3), 64);
    settings.engine().create(LECTURE, settings).close(); // Loads OpenBLAS.
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long heapBefore = threads.getCurrentThreadAllocatedBytes();
    long nativeBefore = Pointer.totalBytes();

    LocalResult result;
    long beside;
    try (LocalTrainer trainer = new LocalTrainer(LECTURE, settings)) {
      result = trainer.train(new RoundPlan(1, 1, 4, 1, 1), 0, shard, start);
      beside = Pointer.totalBytes() - nativeBefore;
    }

    long heap = threads.getCurrentThreadAllocatedBytes() - heapBefore;
    assertEquals(images / 4.0, (double) result.score().examples(), 64.0);
    double all = heap + beside;
    assertTrue(beside > 0 && all < 64e6, "a task took %,.0f bytes".formatted(all));
  }
}
