package org.shardmean.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What some labelled images are, in numbers. Summaries of parts add up to the summary of the whole,
 * exactly, in any order and grouping.
 *
 * @param height of every image, in pixels
 * @param width of every image, in pixels
 * @param countsPerClass images of each class
 * @param minimum the smallest pixel value, 0 to 255; 255 when there are no images
 * @param maximum the largest pixel value, 0 to 255; 0 when there are no images
 * @param pixelSum the sum of all pixel values
 * @param inkedPixels how many pixels are not 0
 */
public record DataSummary(
    int height,
    int width,
    List<Long> countsPerClass,
    int minimum,
    int maximum,
    long pixelSum,
    long inkedPixels)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the numbers cannot be those of any images
   */
  public DataSummary {
    countsPerClass = List.copyOf(countsPerClass);
    require(height > 0 && width > 0, "image size must be positive, found " + height + "x" + width);
    require(!countsPerClass.isEmpty(), "there must be at least one class");
    require(
        countsPerClass.stream().allMatch(count -> count >= 0),
        "counts must not be negative, found " + countsPerClass);
    require(
        minimum >= 0 && minimum <= 255 && maximum >= 0 && maximum <= 255,
        "pixel values must be 0 to 255, found " + minimum + " to " + maximum);
    long images = countsPerClass.stream().mapToLong(Long::longValue).sum();
    long pixels = images * height * width;
    require(
        images == 0 ? minimum == 255 && maximum == 0 : minimum <= maximum,
        "the smallest pixel value of "
            + images
            + " images cannot be "
            + minimum
            + " with the largest "
            + maximum);
    require(
        inkedPixels >= 0 && inkedPixels <= pixels,
        "inked pixels must be 0 to " + pixels + ", found " + inkedPixels);
    require(
        pixelSum >= inkedPixels && pixelSum <= inkedPixels * maximum,
        "pixel values of "
            + inkedPixels
            + " inked pixels must sum to "
            + inkedPixels
            + " to "
            + inkedPixels * maximum
            + ", found "
            + pixelSum);
  }

  /** The summary of no images at all, which adds nothing to another. */
  public static DataSummary empty(int height, int width, int classes) {
    Long[] counts = new Long[classes];
    Arrays.fill(counts, 0L);
    return new DataSummary(height, width, List.of(counts), 255, 0, 0, 0);
  }

  /** Looks at every pixel of every image. */
  public static DataSummary of(ImageSet images) {
    int minimum = 255;
    int maximum = 0;
    long sum = 0;
    long inked = 0;
    byte[] image = new byte[images.pixels()];
    for (int i = 0; i < images.count(); i++) {
      images.copyPixels(i, image, 0);
      for (byte pixel : image) {
        int value = pixel & 0xff;
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        sum += value;
        inked += value > 0 ? 1 : 0;
      }
    }
    return new DataSummary(
        images.height(),
        images.width(),
        Arrays.stream(images.countsPerClass()).boxed().toList(),
        minimum,
        maximum,
        sum,
        inked);
  }

  /**
   * The summary of these images and the other ones together.
   *
   * @throws IllegalArgumentException if image sizes or class counts differ
   */
  public DataSummary plus(DataSummary other) {
    require(
        height == other.height && width == other.width && classes() == other.classes(),
        "only images of one size and class count add up, found %dx%d with %d and %dx%d with %d"
            .formatted(height, width, classes(), other.height, other.width, other.classes()));
    List<Long> counts = new ArrayList<>(classes());
    for (int c = 0; c < classes(); c++) {
      counts.add(countsPerClass.get(c) + other.countsPerClass.get(c));
    }
    return new DataSummary(
        height,
        width,
        counts,
        Math.min(minimum, other.minimum),
        Math.max(maximum, other.maximum),
        pixelSum + other.pixelSum,
        inkedPixels + other.inkedPixels);
  }

  public int classes() {
    return countsPerClass.size();
  }

  /** Images of all classes. */
  public long count() {
    return countsPerClass.stream().mapToLong(Long::longValue).sum();
  }

  /** The mean pixel value, 0 to 255; NaN when there are no images. */
  public double mean() {
    return (double) pixelSum / pixels();
  }

  /** The share of pixels that are not 0, 0 to 1; NaN when there are no images. */
  public double inkShare() {
    return (double) inkedPixels / pixels();
  }

  private long pixels() {
    return count() * height * width;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
