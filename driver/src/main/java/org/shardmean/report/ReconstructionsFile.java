package org.shardmean.report;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.run.Reconstructions;
import org.shardmean.run.Reconstructions.Group;
import org.shardmean.run.Reconstructions.Noise;
import org.shardmean.run.Reconstructions.OfEpoch;
import org.shardmean.run.Reconstructions.Point;

/**
 * The part of {@link ExaminedFile} that an autoencoder's run has. First a byte: 1 where there is
 * anything, else 0 and nothing more. Then the number of originals (int), their pixels, and a byte
 * for the label of each; the number of epochs (int), and for each its number (int) and its images;
 * the images with noise, what the network gives back for them, and the two errors (doubles); the
 * error of each class (double); the number of points of the map (int), two floats and a byte for
 * the label of each, and the share of the variance (double); groups by codes and groups by pixels,
 * each with their number (int) and for each the mean image, the number of images, the label and how
 * many are of it (three ints).
 *
 * @param pixels of an image
 */
record ReconstructionsFile(DataInputStream in, int pixels, int classes) {
  static void write(Optional<Reconstructions> some, DataOutputStream out) throws IOException {
    out.writeByte(some.isPresent() ? 1 : 0);
    if (some.isEmpty()) {
      return;
    }
    Reconstructions all = some.get();
    out.writeInt(all.originals().size());
    writeImages(all.originals(), out);
    for (int label : all.labels()) {
      out.writeByte(label);
    }
    out.writeInt(all.byEpoch().size());
    for (OfEpoch epoch : all.byEpoch()) {
      out.writeInt(epoch.epoch());
      writeImages(epoch.images(), out);
    }
    writeImages(all.noise().noisy(), out);
    writeImages(all.noise().cleaned(), out);
    out.writeDouble(all.noise().errorBefore());
    out.writeDouble(all.noise().errorAfter());
    for (double error : all.errors()) {
      out.writeDouble(error);
    }
    out.writeInt(all.map().size());
    for (Point point : all.map()) {
      out.writeFloat((float) point.x());
      out.writeFloat((float) point.y());
      out.writeByte(point.label());
    }
    out.writeDouble(all.share());
    write(all.ofCodes(), out);
    write(all.ofPixels(), out);
  }

  private static void writeImages(List<byte[]> images, DataOutputStream out) throws IOException {
    for (byte[] image : images) {
      out.write(image);
    }
  }

  private static void write(List<Group> groups, DataOutputStream out) throws IOException {
    out.writeInt(groups.size());
    for (Group group : groups) {
      out.write(group.mean());
      out.writeInt(group.images());
      out.writeInt(group.label());
      out.writeInt(group.ofLabel());
    }
  }

  /**
   * Reads what {@link #write} wrote; makes room for no more than the file can hold.
   *
   * @throws IOException if it is not that, or ends too early
   */
  Optional<Reconstructions> read() throws IOException {
    int there = in.readUnsignedByte();
    if (there == 0) {
      return Optional.empty();
    }
    int count = number(Reconstructions.MOST_IMAGES, "originals");
    List<byte[]> originals = images(count);
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add(label(in.readUnsignedByte()));
    }
    List<OfEpoch> epochs = new ArrayList<>();
    for (int e = number(Reconstructions.MOST_EPOCHS, "epochs"); e > 0; e--) {
      epochs.add(new OfEpoch(in.readInt(), images(count)));
    }
    Noise noise = new Noise(images(count), images(count), in.readDouble(), in.readDouble());
    List<Double> errors = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      errors.add(in.readDouble());
    }
    List<Point> map = new ArrayList<>();
    for (int p = number(Reconstructions.MOST_POINTS, "points"); p > 0; p--) {
      map.add(
          new Point(share(in.readFloat()), share(in.readFloat()), label(in.readUnsignedByte())));
    }
    return Optional.of(
        new Reconstructions(
            originals,
            labels,
            epochs,
            noise,
            errors,
            map,
            share(in.readDouble()),
            groups(),
            groups()));
  }

  private List<Group> groups() throws IOException {
    List<Group> groups = new ArrayList<>();
    for (int g = number(Reconstructions.MOST_GROUPS, "groups"); g > 0; g--) {
      groups.add(new Group(image(), in.readInt(), label(in.readInt()), in.readInt()));
    }
    return groups;
  }

  private List<byte[]> images(int count) throws IOException {
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(image());
    }
    return images;
  }

  private byte[] image() throws IOException {
    byte[] image = in.readNBytes(pixels);
    if (image.length < pixels) {
      throw new IOException("fewer images than it says");
    }
    return image;
  }

  private int number(int most, String what) throws IOException {
    int number = in.readInt();
    if (number < 0 || number > most) {
      throw new IOException(number + " " + what);
    }
    return number;
  }

  private int label(int label) throws IOException {
    if (label < 0 || label >= classes) {
      throw new IOException("a class that there is not");
    }
    return label;
  }

  private static double share(double share) throws IOException {
    if (!(share >= 0 && share <= 1.000001)) {
      throw new IOException("a share of " + share);
    }
    return Math.min(1, share);
  }
}
