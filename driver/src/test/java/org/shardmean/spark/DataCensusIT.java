package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shardmean.data.DataSummary;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;

class DataCensusIT {
  /** Enough for three tasks that cannot have equally many. */
  private static final int MANY = 15_001;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void everyLoadedImageIsLookedAtOnce() {
    byte[] pixels = new byte[MANY * 6];
    byte[] labels = new byte[MANY];
    SplittableRandom random = new SplittableRandom(3);
    random.nextBytes(pixels);
    for (int i = 0; i < MANY; i++) {
      labels[i] = (byte) random.nextInt(4);
    }
    ImageSet digits = ImageSet.of(2, 3, 4, pixels, labels);

    assertEquals(DataSummary.of(digits), DataCensus.of(spark, digits));
  }

  @Test
  void imagesDrawnOnTheExecutorsAreTheSameAsHere() {
    ExampleSource drawn = new GeneratedExamples(MANY, 5, false);

    assertEquals(
        DataSummary.of(drawn.select(IntStream.range(0, MANY).toArray()).images()),
        DataCensus.of(spark, drawn));
  }

  @Test
  void aSingleImageIsLookedAtAndNotKept() {
    ImageSet one = ImageSet.of(1, 1, 2, new byte[] {9}, new byte[] {1});

    assertEquals(DataSummary.of(one), DataCensus.of(spark, one));
    assertEquals(Map.of(), spark.getPersistentRDDs(), "images were left in memory");
  }
}
