package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.shardmean.data.ImageSet;
import org.shardmean.run.Reconstructions;
import org.shardmean.run.Reconstructions.Group;

/** What an autoencoder of {@link SampleRuns} might do with images, made up. */
final class SampleReconstructions {
  private SampleReconstructions() {}

  static Reconstructions of(ImageSet images) {
    List<byte[]> originals = IntStream.range(0, 10).mapToObj(images::image).toList();
    List<Reconstructions.OfEpoch> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= 3; epoch++) {
      int kept = epoch;
      epochs.add(
          new Reconstructions.OfEpoch(
              epoch, originals.stream().map(image -> fainter(image, kept)).toList()));
    }
    SplittableRandom random = new SplittableRandom(1);
    List<Reconstructions.Point> map = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      map.add(
          new Reconstructions.Point(
              (float) random.nextDouble(), (float) random.nextDouble(), i % images.classes()));
    }
    List<Group> groups =
        IntStream.range(0, images.classes())
            .mapToObj(label -> new Group(images.image(label), 50, label, 30 + label))
            .toList();
    return new Reconstructions(
        originals,
        IntStream.range(0, 10).mapToObj(images::label).toList(),
        epochs,
        new Reconstructions.Noise(
            originals.stream().map(image -> fainter(image, 1)).toList(), originals, 0.03, 0.02),
        IntStream.range(0, images.classes())
            .mapToObj(label -> label == 2 ? Double.NaN : 0.002 * (label + 1))
            .toList(),
        map,
        0.375,
        groups,
        groups.subList(0, 3));
  }

  private static byte[] fainter(byte[] image, int thirds) {
    byte[] fainter = new byte[image.length];
    for (int p = 0; p < image.length; p++) {
      fainter[p] = (byte) (Byte.toUnsignedInt(image[p]) * thirds / 3);
    }
    return fainter;
  }
}
