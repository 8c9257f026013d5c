package org.shardmean.data;

import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads images and labels in the IDX format of the MNIST database (LeCun, Cortes and Burges,
 * http://yann.lecun.com/exdb/mnist/), plain or gzip, from any file system that Hadoop knows.
 *
 * <p>An images file is the magic number 0x00000803, the number of images, their height and width,
 * then one byte a pixel, row by row; a labels file is 0x00000801, the number of labels, then one
 * byte a label. Integers are 32 bits, big-endian. The files are read once, as a stream, straight
 * into the packed {@link ImageSet}; a header is checked against the file before anything of the
 * promised size is allocated.
 *
 * <p>Every method throws {@link DataException} where a file is missing, unreadable, cut short, too
 * long, corrupt, or not of this format.
 */
public final class IdxReader {
  /** What is read, with the SHA-256 of both files' uncompressed bytes in lower-case hexadecimal. */
  record Content(ImageSet images, String imagesSha256, String labelsSha256) {}

  /** One byte a label, and the digest of the file they came from. */
  private static final class Labels {
    private final byte[] bytes;
    private final int classes;
    private final String sha256;

    Labels(byte[] bytes, int classes, String sha256) {
      this.bytes = bytes;
      this.classes = classes;
      this.sha256 = sha256;
    }
  }

  record ImagesHeader(int count, int height, int width) {
    String shape() {
      return "%d images of %dx%d".formatted(count, height, width);
    }

    private long bytes() {
      return (long) count * height * width;
    }
  }

  private IdxReader() {}

  /** Images with their labels; the classes are as many as the greatest label plus one. */
  public static ImageSet read(Path images, Path labels, Configuration configuration) {
    return readContent(images, labels, OptionalInt.empty(), configuration).images();
  }

  /**
   * Images with their labels, which must be {@code 0 … classes - 1}.
   *
   * @param classes 1 to 256
   * @throws IllegalArgumentException if {@code classes} is out of range
   */
  public static ImageSet read(Path images, Path labels, int classes, Configuration configuration) {
    if (classes < 1 || classes > 256) {
      throw new IllegalArgumentException("classes must be 1 to 256, found " + classes);
    }
    return readContent(images, labels, OptionalInt.of(classes), configuration).images();
  }

  /** Images without labels: every label of the result is 0, of one class. */
  public static ImageSet readImages(Path images, Configuration configuration) {
    try (IdxStream stream = IdxStream.open(images, configuration)) {
      ImagesHeader header = readImagesHeader(stream);
      stream.requireHeap(header.bytes(), header.shape());
      return readBody(stream, header, new Labels(new byte[header.count()], 1, ""));
    }
  }

  /**
   * Images with their labels and both files' digests.
   *
   * @param classes how many classes the labels may be of; where empty, as many as they are of
   */
  static Content readContent(
      Path images, Path labels, OptionalInt classes, Configuration configuration) {
    try (IdxStream stream = IdxStream.open(images, configuration)) {
      ImagesHeader header = readImagesHeader(stream);
      stream.requireHeap(header.bytes(), header.shape());
      Labels read = readLabels(labels, header, images, classes, configuration);
      ImageSet set = readBody(stream, header, read);
      return new Content(set, stream.sha256(), read.sha256);
    }
  }

  /** Reads the header and checks it against the file's length. */
  static ImagesHeader readImagesHeader(IdxStream stream) {
    IdxMagic.IMAGES.require(stream);
    long count = readSize(stream, "number of images", 4, Integer.MAX_VALUE);
    long height = readSize(stream, "height", 8, ImageSet.MOST_PIXELS);
    long width = readSize(stream, "width", 12, ImageSet.MOST_PIXELS);
    if (height * width > ImageSet.MOST_PIXELS) {
      throw stream.fault(
          8,
          "images of at most " + ImageSet.MOST_PIXELS + " pixels",
          height + "x" + width,
          "the header is wrong, or scale the images down");
    }
    ImagesHeader header = new ImagesHeader((int) count, (int) height, (int) width);
    stream.requireBody(header.bytes(), header.shape());
    return header;
  }

  private static Labels readLabels(
      Path path,
      ImagesHeader images,
      Path imagesPath,
      OptionalInt classes,
      Configuration configuration) {
    try (IdxStream stream = IdxStream.open(path, configuration)) {
      readLabelsHeader(stream, images, imagesPath);
      int count = images.count();
      stream.requireHeap(count, count + " labels");
      byte[] labels = new byte[count];
      stream.readFully(labels, 0, count, count + " labels");
      stream.requireEnd();
      int greatest = greatest(labels);
      int mostClasses = classes.orElse(greatest + 1);
      if (greatest >= mostClasses) {
        int i = firstFrom(mostClasses, labels);
        throw labelPastTheClasses(stream, i, labels[i] & 0xff, mostClasses);
      }
      return new Labels(labels, mostClasses, stream.sha256());
    }
  }

  /** Reads the header of labels and checks that there are as many as images. */
  static void readLabelsHeader(IdxStream stream, ImagesHeader images, Path imagesPath) {
    IdxMagic.LABELS.require(stream);
    int count = (int) readSize(stream, "number of labels", 4, Integer.MAX_VALUE);
    stream.requireBody(count, count + " labels");
    if (count != images.count()) {
      throw stream.fault(
          4,
          "as many labels as " + imagesPath.getName() + " has images, " + images.count(),
          Integer.toString(count),
          "give the labels file that belongs to the images file");
    }
  }

  private static ImageSet readBody(IdxStream stream, ImagesHeader header, Labels labels) {
    int pixels = header.height() * header.width();
    ImageSet images =
        ImageSet.paint(
            header.count(),
            header.height(),
            header.width(),
            labels.classes,
            (i, into, at) -> {
              stream.readFully(into, at, pixels, "image " + i + " of " + header.count());
              return labels.bytes[i] & 0xff;
            });
    stream.requireEnd();
    return images;
  }

  private static long readSize(IdxStream stream, String what, int at, long most) {
    long size = stream.readUnsignedInt(what);
    if (size < 1 || size > most) {
      throw stream.fault(
          at,
          what + " from 1 to " + most,
          Long.toString(size),
          size == 0 ? "the file is empty, give another" : "the header is wrong, give another file");
    }
    return size;
  }

  private static int firstFrom(int least, byte[] labels) {
    int i = 0;
    while ((labels[i] & 0xff) < least) {
      i++;
    }
    return i;
  }

  /** The fault of label {@code i}. */
  static DataException labelPastTheClasses(IdxStream stream, int i, int label, int classes) {
    return stream.fault(
        8L + i,
        "a label from 0 to %d, one of %d classes".formatted(classes - 1, classes),
        Integer.toString(label),
        "give labels of the same classes as those trained on");
  }

  private static int greatest(byte[] labels) {
    int greatest = 0;
    for (byte label : labels) {
      greatest = Math.max(greatest, label & 0xff);
    }
    return greatest;
  }
}
