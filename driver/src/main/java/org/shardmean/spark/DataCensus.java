package org.shardmean.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.DataSummary;
import org.shardmean.data.ExampleSource;

/** Looks at every image of a source, over Spark. */
public final class DataCensus {
  private static final int IMAGES_WORTH_A_TASK = 5000;

  private DataCensus() {}

  /** Counts and statistics of all images: a summary of the whole source. */
  public static DataSummary of(JavaSparkContext spark, ExampleSource images) {
    int parts = Math.max(1, images.count() / IMAGES_WORTH_A_TASK);
    try (Shards shards =
        new Shards(
            spark,
            "images looked at",
            images,
            new Dealing.InOrder(parts),
            spark.defaultParallelism())) {
      List<List<DataSummary>> sums =
          shards.inBlocks(
              block ->
                  block.partialSums(
                      (part, shard) -> DataSummary.of(shard.images()), DataSummary::plus));
      return shards.total(sums, DataSummary::plus);
    }
  }
}
