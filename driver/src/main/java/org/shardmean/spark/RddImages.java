package org.shardmean.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.shardmean.data.DataException;
import org.shardmean.data.ImageSet;
import scala.Tuple2;

/** Labelled images in an RDD, for a {@link org.shardmean.data.Dataset}. */
public final class RddImages {
  private RddImages() {}

  /**
   * Collects the images on the driver, packed, in the order of the RDD's partitions. They have to
   * fit in the driver's memory, one byte a pixel.
   *
   * @param images pixels, row by row from the top, 0 (background) to 255 (ink), with the label, 0
   *     to {@code classes - 1}
   * @throws DataException if an image is not of {@code height * width} bytes, a label is out of
   *     range, or there is no image
   */
  public static ImageSet collect(
      JavaPairRDD<byte[], Integer> images, int height, int width, int classes) {
    List<ImageSet> parts = collect(images.mapPartitions(new Packing(height, width, classes)));
    if (parts.stream().allMatch(part -> part.count() == 0)) {
      throw new DataException("RDD of images: expected at least one image, found none");
    }
    return ImageSet.join(parts);
  }

  /** What a task found wrong comes back wrapped by Spark. */
  private static List<ImageSet> collect(JavaRDD<ImageSet> packed) {
    try {
      return packed.collect();
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof DataException data) {
          throw new DataException(data.getMessage(), e);
        }
      }
      throw e;
    }
  }

  /** Packs the images of a partition. */
  private record Packing(int height, int width, int classes)
      implements FlatMapFunction<Iterator<Tuple2<byte[], Integer>>, ImageSet> {

    @Override
    public Iterator<ImageSet> call(Iterator<Tuple2<byte[], Integer>> partition) {
      List<byte[]> images = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      while (partition.hasNext()) {
        Tuple2<byte[], Integer> image = partition.next();
        images.add(image._1());
        labels.add(image._2());
      }
      try {
        return List.of(
                ImageSet.of(
                    height,
                    width,
                    classes,
                    images.toArray(byte[][]::new),
                    labels.stream().mapToInt(Integer::intValue).toArray()))
            .iterator();
      } catch (IllegalArgumentException e) {
        throw new DataException(
            "RDD of images: expected images of %dx%d with labels below %d, found: %s"
                .formatted(height, width, classes, e.getMessage()),
            e);
      }
    }
  }
}
