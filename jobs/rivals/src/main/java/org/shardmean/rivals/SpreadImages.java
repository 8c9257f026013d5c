package org.shardmean.rivals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.data.Seeds;

/** Images on the executors, in random order, a byte a pixel. */
final class SpreadImages {
  /** Spark warns of larger tasks. */
  private static final long MOST_BYTES_IN_A_TASK = 800_000;

  private SpreadImages() {}

  /**
   * Parts of the images, each in one record. They lie behind a shuffle: what is only parallelized
   * travels inside every task that uses it.
   *
   * @param imagesInAPart of each part but the last
   * @param partitions of the RDD
   */
  static JavaRDD<ImageSet> of(
      JavaSparkContext spark, ExampleSource images, int imagesInAPart, int partitions, long seed) {
    int[] order =
        Seeds.permutation(images.count(), Seeds.generator(seed, Seeds.Purpose.SHUFFLE, 1, 0));
    List<ImageSet> parts = new ArrayList<>();
    for (int from = 0; from < order.length; from += imagesInAPart) {
      int end = Math.min(order.length, from + imagesInAPart);
      parts.add(images.select(Arrays.copyOfRange(order, from, end)).images());
    }
    long bytes = (long) images.count() * images.height() * images.width();
    int tasks = (int) Math.max(partitions, 1 + bytes / MOST_BYTES_IN_A_TASK);
    return spark.parallelize(parts, Math.min(tasks, parts.size())).repartition(partitions);
  }
}
