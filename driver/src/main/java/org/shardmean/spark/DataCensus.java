package org.shardmean.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.DataSummary;
import org.shardmean.data.ExampleSource;

/** Looks at every image of a source, over Spark. */
public final class DataCensus {
  private static final int IMAGES_WORTH_A_TASK = 5000;

  private DataCensus() {}

  /** The images in numbers. */
  public static DataSummary of(JavaSparkContext spark, ExampleSource images) {
    int parts = Math.max(1, images.count() / IMAGES_WORTH_A_TASK);
    DataSummary sum = DataSummary.empty(images.height(), images.width(), images.classes());
    try (Shards shards = Shards.deal(spark, "images looked at", images, parts, 0)) {
      for (DataSummary part : shards.forEach((worker, shard) -> DataSummary.of(shard))) {
        sum = sum.plus(part);
      }
    }
    return sum;
  }
}
