package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.CrcUtil;

/**
 * A large plain images file with its labels file, of which the header is known and the labels were
 * gone through: enough for any machine to read any part of it. The bytes are nowhere in memory.
 */
public final class IdxFilePair implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of the images file, that one task digests: some tenths of a second. */
  static final int PIECE_BYTES = 64 << 20;

  private static final int CHUNK = 1 << 20;
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  private final SteadyFile images;
  private final SteadyFile labels;
  private final SentConfiguration configuration;
  private final int count;
  private final int height;
  private final int width;
  private final long[] countsPerClass;

  /** CRC-32C of the labels. */
  private final int labelsChecksum;

  private IdxFilePair(
      SteadyFile images,
      SteadyFile labels,
      SentConfiguration configuration,
      IdxReader.ImagesHeader header,
      Labels read) {
    this.images = images;
    this.labels = labels;
    this.configuration = configuration;
    this.count = header.count();
    this.height = header.height();
    this.width = header.width();
    this.countsPerClass = read.countsPerClass;
    this.labelsChecksum = read.checksum;
  }

  /** What going through the labels tells. */
  private static final class Labels {
    private final long[] countsPerClass;
    private final int checksum;

    Labels(long[] countsPerClass, int checksum) {
      this.countsPerClass = countsPerClass;
      this.checksum = checksum;
    }
  }

  /**
   * Looks at a pair of files.
   *
   * @param classes how many classes the labels may be of; where empty, as many as they are of
   * @return empty where the images file is not larger than {@code mostBytesOnDriver}, or one of the
   *     files is gzip, which can only be read from the beginning
   * @throws DataException if a file is missing, unreadable, or not what its header promises
   */
  static Optional<IdxFilePair> ofLarge(
      Path images,
      Path labels,
      OptionalInt classes,
      long mostBytesOnDriver,
      Configuration configuration) {
    SteadyFile imagesNow = SteadyFile.now(images, configuration);
    SteadyFile labelsNow = SteadyFile.now(labels, configuration);
    if (imagesNow.bytes() <= mostBytesOnDriver) {
      return Optional.empty();
    }
    try (IdxStream imagesStream = IdxStream.open(images, configuration);
        IdxStream labelsStream = IdxStream.open(labels, configuration)) {
      if (imagesStream.isGzip() || labelsStream.isGzip()) {
        return Optional.empty();
      }
      IdxReader.ImagesHeader header = IdxReader.readImagesHeader(imagesStream);
      IdxReader.readLabelsHeader(labelsStream, header, images);
      return Optional.of(
          new IdxFilePair(
              imagesNow,
              labelsNow,
              new SentConfiguration(configuration),
              header,
              goThrough(labelsStream, header.count(), classes)));
    }
  }

  private static Labels goThrough(IdxStream stream, int count, OptionalInt classes) {
    CRC32C checksum = new CRC32C();
    long[] counts = new long[256];
    byte[] chunk = new byte[Math.min(CHUNK, count)];
    int mostClasses = classes.orElse(counts.length);
    int greatest = 0;
    for (long from = 0; from < count; from += chunk.length) {
      int length = (int) Math.min(chunk.length, count - from);
      stream.readFully(chunk, 0, length, count + " labels");
      checksum.update(chunk, 0, length);
      for (int i = 0; i < length; i++) {
        int label = chunk[i] & 0xff;
        if (label >= mostClasses) {
          throw IdxReader.labelPastTheClasses(stream, (int) from + i, label, mostClasses);
        }
        counts[label]++;
        greatest = Math.max(greatest, label);
      }
    }
    stream.requireEnd();
    return new Labels(
        Arrays.copyOf(counts, classes.orElse(greatest + 1)), (int) checksum.getValue());
  }

  /** How many images. */
  int count() {
    return count;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int classes() {
    return countsPerClass.length;
  }

  /** Images of each class, a copy. */
  long[] countsPerClass() {
    return countsPerClass.clone();
  }

  /** Bytes of an image. */
  int pixels() {
    return height * width;
  }

  /**
   * Whether the files are on an ordinary disk, so that executors on other machines may not see
   * them.
   */
  public boolean areOnAnOrdinaryDisk() {
    return images.isOnAnOrdinaryDisk();
  }

  /** The images file, for people. */
  public String path() {
    return images.path();
  }

  /** Into how many pieces the images file is cut for {@link #checksumOf}. */
  public int pieces() {
    return (int) ((body() + PIECE_BYTES - 1) / PIECE_BYTES);
  }

  private long body() {
    return (long) count * pixels();
  }

  private int bytesOf(int piece) {
    return (int) Math.min(PIECE_BYTES, body() - (long) piece * PIECE_BYTES);
  }

  /**
   * Reads a piece of the images file, on any machine.
   *
   * @return its CRC-32C
   * @throws DataException if the file is not the one that the driver saw, or cannot be read
   */
  public int checksumOf(int piece) {
    CRC32C checksum = new CRC32C();
    byte[] chunk = new byte[CHUNK];
    long from = IMAGES_HEADER + (long) piece * PIECE_BYTES;
    int bytes = bytesOf(piece);
    try (SteadyFile.Part file = images.open(configuration.get())) {
      for (int read = 0; read < bytes; read += CHUNK) {
        int length = Math.min(CHUNK, bytes - read);
        file.read(from + read, chunk, length, "images to be digested");
        checksum.update(chunk, 0, length);
      }
    }
    return (int) checksum.getValue();
  }

  /**
   * The examples in these files.
   *
   * @param checksums of all pieces, in order
   */
  public ExampleSource examples(int[] checksums) {
    requireNonNull(checksums, "checksums");
    if (checksums.length != pieces()) {
      throw new IllegalArgumentException(
          "expected the checksums of %d pieces, found %d".formatted(pieces(), checksums.length));
    }
    return new IdxExamples(this, checksum(checksums));
  }

  /** The same as {@link ImageSet#checksum} of all images in memory. */
  private int checksum(int[] ofPieces) {
    int joined = (int) ImageSet.begunChecksum(count, height, width, classes()).getValue();
    joined = joined(joined, labelsChecksum, count);
    for (int piece = 0; piece < ofPieces.length; piece++) {
      joined = joined(joined, ofPieces[piece], bytesOf(piece));
    }
    return joined;
  }

  /** The CRC-32C of bytes that stand one after another, from those of either part. */
  static int joined(int first, int second, long bytesOfSecond) {
    return CrcUtil.compose(first, second, bytesOfSecond, CrcUtil.CASTAGNOLI_POLYNOMIAL);
  }

  /** All labels, one byte each. */
  byte[] readLabels() {
    byte[] all = new byte[count];
    try (SteadyFile.Part file = labels.open(configuration.get())) {
      file.read(LABELS_HEADER, all, count, count + " labels");
    }
    return all;
  }

  /** Opens both files for reading in parts. */
  Reading open() {
    return new Reading();
  }

  /** Both files, open. */
  final class Reading implements AutoCloseable {
    private final SteadyFile.Part imagesPart = images.open(configuration.get());
    private final SteadyFile.Part labelsPart = labels.open(configuration.get());
    private final byte[] window = new byte[CHUNK];
    private long windowStart;
    private int windowLength;

    private Reading() {}

    /** Reads consecutive images, to the beginning of {@code into}. */
    void images(int first, int howMany, byte[] into) {
      imagesPart.read(
          IMAGES_HEADER + (long) first * pixels(),
          into,
          howMany * pixels(),
          "images %d to %d of %d".formatted(first, first + howMany - 1, count));
    }

    /** The label of an image; cheap where images are asked for in their order. */
    int label(int image) {
      if (image < windowStart || image >= windowStart + windowLength) {
        windowStart = image;
        windowLength = Math.min(window.length, count - image);
        labelsPart.read(
            LABELS_HEADER + windowStart, window, windowLength, "labels from " + image + " on");
      }
      int label = window[(int) (image - windowStart)] & 0xff;
      if (label >= classes()) {
        throw new DataException(
            "%s: at byte %d: expected a label from 0 to %d, as all were when the driver looked, found %d; the file was changed: start again"
                .formatted(labels.path(), LABELS_HEADER + (long) image, classes() - 1, label));
      }
      return label;
    }

    /**
     * Checks that what was read is what the driver saw.
     *
     * @throws DataException if a file was changed meanwhile
     */
    void requireUnchanged() {
      images.requireUnchanged(configuration.get());
      labels.requireUnchanged(configuration.get());
    }

    @Override
    public void close() {
      try (imagesPart;
          labelsPart) {
        // Both are closed, whatever one of them says.
      }
    }
  }

  @Override
  public String toString() {
    return images.path();
  }
}
