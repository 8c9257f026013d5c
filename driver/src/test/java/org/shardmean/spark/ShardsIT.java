package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.shardmean.average.AveragingSettings;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.data.ValidationSplit;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.train.EngineKind;
import scala.reflect.ClassTag;

class ShardsIT {
  private static final int LARGEST_TASK = 100_000;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** Generated images with a held-out part used to send all their numbers in every task. */
  @TestFactory
  List<DynamicTest> aTaskIsSmallWhateverTheSource() {
    ExampleSource generated = new GeneratedExamples(300_000, 1, false);
    ExampleSource loaded = image(60_000);
    List<DynamicTest> tests = new ArrayList<>();
    for (int epoch : new int[] {0, 3}) {
      for (ExampleSource source :
          List.of(
              generated,
              loaded,
              ValidationSplit.of(generated, 0.1, 1).training(),
              ValidationSplit.of(generated, 0.1, 1).heldOut(),
              ValidationSplit.of(loaded, 0.1, 1).training())) {
        tests.add(
            DynamicTest.dynamicTest(
                source + " in epoch " + epoch, () -> assertSmallTasks(source, epoch)));
      }
    }
    return tests;
  }

  private static void assertSmallTasks(ExampleSource source, int epoch) {
    try (Shards shards =
        new Shards(spark, "small tasks", source, new Dealing.ByClass(64, 1, epoch), 2)) {
      assertSmall("what all tasks share", shards.rdd());
      for (Partition partition : shards.rdd().partitions()) {
        assertSmall("a task's own", (Serializable) partition);
      }
    }
  }

  private static void assertSmall(String what, Serializable part) {
    ClassTag<Object> any = ClassTag.apply(Object.class);
    int bytes = SparkEnv.get().closureSerializer().newInstance().serialize(part, any).limit();
    assertTrue(bytes < LARGEST_TASK, what + ": " + bytes + " bytes");
  }

  @Test
  void everyExampleIsInOneShardHoweverTheShardsAreCut() {
    ExampleSource source = image(203);
    for (int slots : new int[] {1, 2, 3, 7, 50}) {
      try (Shards shards = new Shards(spark, "all", source, new Dealing.ByClass(7, 1, 0), slots)) {
        List<List<Set<Integer>>> seen =
            shards.inBlocks(
                block ->
                    block.partialSums(
                        (worker, shard) -> pixelsOf(shard.images()), ShardsIT::disjoint));
        Set<Integer> all = shards.total(seen, ShardsIT::disjoint);
        assertEquals(IntStream.range(0, 203).boxed().collect(Collectors.toSet()), all);
      }
    }
  }

  @Test
  void shardsThatCannotBeMadeLeaveNothingBehind() {
    ExampleSource broken = new Broken(image(200_000), true, 0);

    assertThrows(
        Exception.class,
        () ->
            new EpochShards(
                    spark, config(), broken, new Cluster(0, 2, "a test"), RunListener.NONE, 1)
                .keep());

    assertEquals(Map.of(), spark.getPersistentRDDs());
    LargeBroadcasts.awaitCount(0);
  }

  @Test
  void imagesThatCannotBeSentLeaveNothingBehind() {
    ExampleSource broken = new Broken(image(200_000), false, 1);

    assertThrows(
        IllegalStateException.class,
        () -> new Shards(spark, "broken", broken, new Dealing.InOrder(2), 2));

    LargeBroadcasts.awaitCount(0);
  }

  @Test
  void shardsThatDoNotFitInMemoryAreReadFromDiskAndThatIsSaid() {
    spark.close();
    RunConfig config = config();
    Set<String> digests = new HashSet<>();
    List<String> notices = new ArrayList<>();
    try (JavaSparkContext roomy = LocalSpark.withCores(2)) {
      digests.add(digest(roomy, config, notices));
      assertEquals(List.of(), notices);
    }
    try (JavaSparkContext tight = new JavaSparkContext(tight())) {
      digests.add(digest(tight, config, notices));
    }
    spark = LocalSpark.withCores(2);

    assertEquals(1, digests.size());
    assertEquals(1, notices.size());
    assertTrue(
        notices.get(0).matches("\\d+ MB of the training examples do not fit .* --driver-memory .*"),
        notices.get(0));
  }

  private static String digest(JavaSparkContext spark, RunConfig config, List<String> notices) {
    RunListener listener =
        new RunListener() {
          @Override
          public void notice(String notice) {
            notices.add(notice);
          }
        };
    return Runs.digest(
        Runs.run(
            spark, Runs.generated(30_000, 100), config, new Cluster(0, 2, "a test"), listener));
  }

  private static RunConfig config() {
    return Runs.config(
        Runs.SMALL, 1, Runs.adam(EngineKind.FUSED, 1e-3, 64), AveragingSettings.mean(4, 1));
  }

  /** Memory for half of the images. */
  private static SparkConf tight() {
    return LocalSpark.conf(2)
        .set("spark.testing.memory", "20000000")
        .set("spark.testing.reservedMemory", "0");
  }

  /** Images of four pixels that say their number. */
  private static ImageSet image(int count) {
    return ImageSet.paint(
        count,
        1,
        4,
        10,
        (i, pixels, at) -> {
          pixels[at] = (byte) i;
          pixels[at + 1] = (byte) (i >> 8);
          pixels[at + 2] = (byte) (i >> 16);
          return i % 10;
        });
  }

  /** Images that can be selected a few times only. */
  private static final class Broken implements ExampleSource {
    private static final long serialVersionUID = 1L;

    private final ImageSet images;
    private final boolean madeOnDemand;
    private int goodCalls;

    Broken(ImageSet images, boolean madeOnDemand, int goodCalls) {
      this.images = images;
      this.madeOnDemand = madeOnDemand;
      this.goodCalls = goodCalls;
    }

    @Override
    public int count() {
      return images.count();
    }

    @Override
    public int height() {
      return images.height();
    }

    @Override
    public int width() {
      return images.width();
    }

    @Override
    public int classes() {
      return images.classes();
    }

    @Override
    public int label(int i) {
      return images.label(i);
    }

    @Override
    public boolean isMadeOnDemand() {
      return madeOnDemand;
    }

    @Override
    public ImageSet select(int[] indices) {
      if (goodCalls-- <= 0) {
        throw new IllegalStateException("these images are broken");
      }
      return images.select(indices);
    }
  }

  private static Set<Integer> pixelsOf(ImageSet shard) {
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < shard.count(); i++) {
      byte[] image = shard.image(i);
      numbers.add((image[0] & 255) | (image[1] & 255) << 8 | (image[2] & 255) << 16);
    }
    return numbers;
  }

  private static Set<Integer> disjoint(Set<Integer> first, Set<Integer> next) {
    Set<Integer> both = new HashSet<>(first);
    both.addAll(next);
    assertEquals(first.size() + next.size(), both.size());
    return both;
  }
}
