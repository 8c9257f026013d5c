package org.shardmean.run;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an autoencoder does with images that it never trained on, to be shown. Every image has the
 * pixels of the run's images, row by row, 0 (background) to 255 (ink).
 *
 * @param originals some validation images
 * @param labels of these, which the network never saw
 * @param byEpoch what the network gave back for them after some epochs, the last one the saved one
 * @param noise the same images with noise, and what the saved network gives back for them
 * @param errors the mean squared error of a pixel, for each class; NaN where there is no image
 * @param map where images lie by their codes; empty where there are none
 * @param share of the codes' variance that the map shows, 0 to 1
 * @param ofCodes groups of similar codes, by k-means
 * @param ofPixels groups of similar pixels, by k-means
 */
public record Reconstructions(
    List<byte[]> originals,
    List<Integer> labels,
    List<OfEpoch> byEpoch,
    Noise noise,
    List<Double> errors,
    List<Point> map,
    double share,
    List<Group> ofCodes,
    List<Group> ofPixels) {
  public static final int MOST_IMAGES = 12;
  public static final int MOST_EPOCHS = 64;
  public static final int MOST_POINTS = 1000;
  public static final int MOST_GROUPS = 20;

  public Reconstructions {
    originals = copy(originals);
    labels = List.copyOf(labels);
    byEpoch = List.copyOf(byEpoch);
    errors = List.copyOf(errors);
    map = List.copyOf(map);
    ofCodes = List.copyOf(ofCodes);
    ofPixels = List.copyOf(ofPixels);
    int images = originals.size();
    boolean fits =
        images <= MOST_IMAGES
            && labels.size() == images
            && noise.noisy().size() == images
            && noise.cleaned().size() == images
            && byEpoch.size() <= MOST_EPOCHS
            && byEpoch.stream().allMatch(epoch -> epoch.images().size() == images);
    if (!fits
        || map.size() > MOST_POINTS
        || Math.max(ofCodes.size(), ofPixels.size()) > MOST_GROUPS) {
      throw new IllegalArgumentException(
          "expected an image in each place for each of at most %d originals, found others"
              .formatted(MOST_IMAGES));
    }
  }

  /** What was given back after an epoch, in the order of the originals. */
  public record OfEpoch(int epoch, List<byte[]> images) {
    public OfEpoch {
      images = copy(images);
    }
  }

  /**
   * Images with noise.
   *
   * @param noisy the originals with noise
   * @param cleaned what the network gives back for these
   * @param errorBefore the mean squared error of a pixel of images with noise
   * @param errorAfter that of what the network gives back for them; both against the images without
   *     noise
   */
  public record Noise(
      List<byte[]> noisy, List<byte[]> cleaned, double errorBefore, double errorAfter) {
    public Noise {
      noisy = copy(noisy);
      cleaned = copy(cleaned);
    }
  }

  /** An image on the map; both coordinates are 0 to 1. */
  public record Point(double x, double y, int label) {}

  /**
   * Images that are alike.
   *
   * @param mean their mean image
   * @param images how many
   * @param label the most frequent class among them
   * @param ofLabel how many are of that class
   */
  public record Group(byte[] mean, int images, int label, int ofLabel) {
    public Group {
      mean = mean.clone();
    }

    @Override
    public byte[] mean() {
      return mean.clone();
    }
  }

  /** Every image in it, for checks of their sizes. */
  Stream<byte[]> images() {
    return Stream.of(
            originals.stream(),
            byEpoch.stream().flatMap(epoch -> epoch.images().stream()),
            noise.noisy().stream(),
            noise.cleaned().stream(),
            Stream.concat(ofCodes.stream(), ofPixels.stream()).map(Group::mean))
        .flatMap(images -> images);
  }

  /** The share of images whose group is mostly of their class, 0 to 1. */
  public static double purity(List<Group> groups) {
    int all = groups.stream().mapToInt(Group::images).sum();
    return (double) groups.stream().mapToInt(Group::ofLabel).sum() / all;
  }

  private static List<byte[]> copy(List<byte[]> images) {
    return images.stream().map(byte[]::clone).toList();
  }
}
