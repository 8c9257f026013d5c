package org.shardmean.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.data.Seeds;
import org.shardmean.metrics.KMeans;
import org.shardmean.model.MissingBlasException;
import org.shardmean.run.Progress;
import org.shardmean.run.Reconstructions;
import org.shardmean.run.RunConfig;
import org.shardmean.train.Autoencoder;

/**
 * Looks on the driver at what an autoencoder does with some validation images: with a few after
 * each of some epochs, and with more at the end. Of other networks, of very large ones and of rows
 * (for these see {@link RowAutoencoderLook}) it sees nothing.
 */
final class AutoencoderLook {
  static final int MOST_PARAMETERS = 4_000_000;
  private static final int SHOWN = 10;

  /** Validation images that errors are worked out on. */
  private static final int SCORED = 10_000;

  /** Validation images that are put into groups. */
  private static final int GROUPED = 2000;

  /** The chance of a pixel to be lost. */
  private static final double NOISE = 0.3;

  private final ExampleSource validation;
  private final RunConfig config;
  private final boolean looks;
  private final List<Reconstructions.OfEpoch> byEpoch = new ArrayList<>();

  AutoencoderLook(ExampleSource validation, RunConfig config) {
    this.validation = validation;
    this.config = config;
    this.looks =
        Autoencoder.isOne(config.model())
            && config.model().parameters() <= MOST_PARAMETERS
            && validation.select(new int[] {0}) instanceof ImageSet;
  }

  /** Takes note of what a network gives back after an epoch, if that epoch is one to be shown. */
  void passed(Progress now) {
    int ended = now.epochs().size();
    boolean isNew = now.round() == 1 && byEpoch.stream().noneMatch(e -> e.epoch() == ended);
    if (looks && isNew && isShown(ended)) {
      byEpoch.addAll(ofEpoch(ended, now.state().parameters()).stream().toList());
    }
  }

  /** 1, 2, 3 and 5, and these times ten, a hundred and so on. */
  static boolean isShown(int epoch) {
    int digits = epoch;
    while (digits >= 10 && digits % 10 == 0) {
      digits /= 10;
    }
    return digits == 1 || digits == 2 || digits == 3 || digits == 5;
  }

  private Optional<Reconstructions.OfEpoch> ofEpoch(int epoch, float[] parameters) {
    try {
      Autoencoder network = new Autoencoder(config.model(), parameters);
      return Optional.of(new Reconstructions.OfEpoch(epoch, network.reconstruct(some(SHOWN))));
    } catch (MissingBlasException e) {
      return Optional.empty(); // A driver without it can still drive executors that have it.
    }
  }

  /** All that is shown of the network that is kept. */
  Optional<Reconstructions> atTheEnd(TrainingOutcome outcome) {
    if (!looks || outcome.epochs().isEmpty()) {
      return Optional.empty();
    }
    int kept = outcome.keptEpoch();
    byEpoch.removeIf(epoch -> epoch.epoch() >= kept);
    byEpoch.addAll(ofEpoch(kept, outcome.parameters()).stream().toList());
    return byEpoch.isEmpty()
        ? Optional.empty()
        : Optional.of(reconstructions(new Autoencoder(config.model(), outcome.parameters())));
  }

  private Reconstructions reconstructions(Autoencoder network) {
    ImageSet shown = some(SHOWN);
    ImageSet noisyShown = noisy(shown);
    ImageSet scored = some(SCORED);
    ImageSet noisy = noisy(scored);
    ImageSet grouped = some(GROUPED);
    List<double[]> codes = network.codes(grouped);
    CodeMap map = CodeMap.of(codes, Reconstructions.MOST_POINTS);
    return new Reconstructions(
        images(shown),
        IntStream.range(0, shown.count()).mapToObj(shown::label).toList(),
        byEpoch,
        new Reconstructions.Noise(
            images(noisyShown),
            network.reconstruct(noisyShown),
            mean(errors(scored, images(noisy))),
            mean(errors(scored, network.reconstruct(noisy)))),
        byClass(scored, errors(scored, network.reconstruct(scored))),
        points(map, grouped),
        map.share(),
        groups(codes, grouped, 0),
        groups(images(grouped).stream().map(AutoencoderLook::real).toList(), grouped, 1));
  }

  /** Validation images, evenly spread over the set. */
  private ImageSet some(int most) {
    int count = validation.count();
    int some = Math.min(most, count);
    return validation
        .select(IntStream.range(0, some).map(i -> (int) ((long) i * count / some)).toArray())
        .images();
  }

  private static List<byte[]> images(ImageSet images) {
    return IntStream.range(0, images.count()).mapToObj(images::image).toList();
  }

  /** The images without some of their pixels, as input dropout has them. */
  private ImageSet noisy(ImageSet images) {
    return ImageSet.paint(
        images.count(),
        images.height(),
        images.width(),
        images.classes(),
        (i, into, at) -> {
          SplittableRandom random = Seeds.generator(config.seed(), Seeds.Purpose.NOISE, i);
          byte[] image = images.image(i);
          for (int p = 0; p < image.length; p++) {
            into[at + p] = random.nextDouble() < NOISE ? 0 : image[p];
          }
          return images.label(i);
        });
  }

  /** The mean squared error of a pixel, of each image. */
  private static double[] errors(ImageSet originals, List<byte[]> images) {
    return IntStream.range(0, images.size())
        .mapToDouble(i -> error(originals.image(i), images.get(i)))
        .toArray();
  }

  private static double error(byte[] original, byte[] image) {
    double sum = 0;
    for (int p = 0; p < image.length; p++) {
      double difference = (Byte.toUnsignedInt(image[p]) - Byte.toUnsignedInt(original[p])) / 255.0;
      sum += difference * difference;
    }
    return sum / image.length;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static List<Double> byClass(ImageSet images, double[] errors) {
    return IntStream.range(0, images.classes())
        .mapToObj(
            label ->
                mean(
                    IntStream.range(0, errors.length)
                        .filter(i -> images.label(i) == label)
                        .mapToDouble(i -> errors[i])
                        .toArray()))
        .toList();
  }

  private static List<Reconstructions.Point> points(CodeMap map, ImageSet images) {
    return IntStream.range(0, map.places().size())
        .mapToObj(
            i ->
                new Reconstructions.Point(
                    map.places().get(i)[0], map.places().get(i)[1], images.label(i)))
        .toList();
  }

  private static double[] real(byte[] image) {
    return IntStream.range(0, image.length)
        .mapToDouble(p -> Byte.toUnsignedInt(image[p]) / 255.0)
        .toArray();
  }

  private List<Reconstructions.Group> groups(List<double[]> points, ImageSet images, int which) {
    int k = Math.min(Math.min(images.classes(), Reconstructions.MOST_GROUPS), points.size());
    long seed = Seeds.mix(config.seed(), Seeds.Purpose.GROUPS, which);
    return KMeans.groups(points, k, seed).stream().map(group -> group(group, images)).toList();
  }

  private static Reconstructions.Group group(List<Integer> members, ImageSet images) {
    int[] counts = new int[images.classes()];
    double[] sums = new double[images.height() * images.width()];
    for (int member : members) {
      counts[images.label(member)]++;
      byte[] image = images.image(member);
      for (int p = 0; p < sums.length; p++) {
        sums[p] += Byte.toUnsignedInt(image[p]);
      }
    }
    int most = 0;
    for (int label = 1; label < counts.length; label++) {
      most = counts[label] > counts[most] ? label : most;
    }
    byte[] mean = new byte[sums.length];
    for (int p = 0; p < mean.length; p++) {
      mean[p] = (byte) Math.round(sums[p] / members.size());
    }
    return new Reconstructions.Group(mean, members.size(), most, counts[most]);
  }
}
