package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Grey images of one size with their labels, packed as bytes: what a file holds, what a shard is,
 * and what crosses the wire.
 *
 * <p>Image {@code i} is {@code height * width} bytes, row by row from the top, 0 (background) to
 * 255 (ink), read as unsigned. Labels are {@code 0 … classes - 1}. The bytes are kept in blocks of
 * {@value #IMAGES_PER_BLOCK} images, because four million images do not fit one Java array.
 * Immutable: whatever goes in or comes out is copied.
 */
public final class ImageSet implements Examples {
  private static final long serialVersionUID = 1L;

  /** Images in every block but the last, which may be shorter. */
  public static final int IMAGES_PER_BLOCK = 1 << 15;

  /** The most pixels an image may have, so that a full block fits one array. */
  public static final int MOST_PIXELS = Integer.MAX_VALUE / IMAGES_PER_BLOCK;

  private static final int BLOCK_SHIFT = 15;
  private static final int BLOCK_MASK = IMAGES_PER_BLOCK - 1;

  private final int height;
  private final int width;
  private final int classes;
  private final byte[][] blocks;
  private final byte[] labels;

  private ImageSet(int height, int width, int classes, byte[][] blocks, byte[] labels) {
    this.height = height;
    this.width = width;
    this.classes = classes;
    this.blocks = blocks;
    this.labels = labels;
  }

  /** Writes image {@code i} and says what it shows. */
  @FunctionalInterface
  public interface Painter {
    /**
     * Writes one image.
     *
     * @param i which image, {@code 0 … count - 1}
     * @param pixels where to write
     * @param at the first of the image's {@code height * width} bytes
     * @return the image's label
     */
    int paint(int i, byte[] pixels, int at);
  }

  /**
   * Images made one by one, in order, straight into the packed blocks.
   *
   * @throws IllegalArgumentException if a size is not positive, the count is negative, there are
   *     more than 256 classes, or the painter returns a label outside {@code 0 … classes - 1}
   */
  public static ImageSet paint(int count, int height, int width, int classes, Painter painter) {
    requireNonNull(painter, "painter");
    require(count >= 0, "count must not be negative, found " + count);
    require(height > 0 && width > 0, "image size must be positive, found " + height + "x" + width);
    require(classes > 0 && classes <= 256, "classes must be 1 to 256, found " + classes);
    Filling filling = new Filling(count, height, width, classes);
    for (int i = 0; i < count; i++) {
      filling.label(i, painter.paint(i, filling.block(i), filling.at(i)));
    }
    return filling.filled();
  }

  /** Images that come in any order, each to be put in its place once. */
  static final class Filling {
    private final ImageSet set;

    Filling(int count, int height, int width, int classes) {
      Math.multiplyExact(height, width);
      this.set =
          new ImageSet(
              height,
              width,
              classes,
              new byte[(count + BLOCK_MASK) >>> BLOCK_SHIFT][],
              new byte[count]);
    }

    /** Copies image {@code i} from {@code pixels}, where it begins at {@code from}. */
    void put(int i, int label, byte[] pixels, int from) {
      System.arraycopy(pixels, from, block(i), at(i), set.pixels());
      label(i, label);
    }

    /** The set, with all that was put; nothing may be put any more. */
    ImageSet filled() {
      return set;
    }

    private byte[] block(int i) {
      int block = i >>> BLOCK_SHIFT;
      if (set.blocks[block] == null) {
        int images = Math.min(IMAGES_PER_BLOCK, set.count() - (block << BLOCK_SHIFT));
        set.blocks[block] = new byte[Math.multiplyExact(images, set.pixels())];
      }
      return set.blocks[block];
    }

    private int at(int i) {
      return (i & BLOCK_MASK) * set.pixels();
    }

    private void label(int i, int label) {
      require(
          label >= 0 && label < set.classes,
          "label of image " + i + " must be 0 to " + (set.classes - 1) + ", found " + label);
      set.labels[i] = (byte) label;
    }
  }

  /**
   * Images that stand one after another in {@code pixels}, which is copied.
   *
   * @param pixels {@code labels.length * height * width} bytes
   * @param labels one byte an image, read as unsigned
   * @throws IllegalArgumentException if the lengths do not fit, or as {@link #paint}
   */
  public static ImageSet of(int height, int width, int classes, byte[] pixels, byte[] labels) {
    int size = Math.multiplyExact(height, width);
    require(
        pixels.length == (long) labels.length * size,
        labels.length
            + " labels need "
            + (long) labels.length * size
            + " bytes of pixels, found "
            + pixels.length);
    return paint(
        labels.length,
        height,
        width,
        classes,
        (i, into, at) -> {
          System.arraycopy(pixels, i * size, into, at, size);
          return labels[i] & 0xff;
        });
  }

  /**
   * Images given one by one; they are copied.
   *
   * @param images each {@code height * width} bytes, row by row from the top
   * @param labels of the images, in their order
   * @throws IllegalArgumentException if there are not as many labels as images, an image has
   *     another length, or as {@link #paint}
   */
  public static ImageSet of(int height, int width, int classes, byte[][] images, int[] labels) {
    int size = Math.multiplyExact(height, width);
    require(
        images.length == labels.length,
        images.length + " images need as many labels, found " + labels.length);
    return paint(
        images.length,
        height,
        width,
        classes,
        (i, into, at) -> {
          require(
              images[i].length == size,
              "image %d must be of %d bytes, found %d".formatted(i, size, images[i].length));
          System.arraycopy(images[i], 0, into, at, size);
          return labels[i];
        });
  }

  /**
   * Several sets, one after another.
   *
   * @param parts at least one, all of the same image size and number of classes
   * @throws IllegalArgumentException if they are not
   */
  public static ImageSet join(List<ImageSet> parts) {
    require(!parts.isEmpty(), "expected at least one set of images, found none");
    ImageSet first = parts.get(0);
    int count = 0;
    for (ImageSet part : parts) {
      require(
          part.height == first.height && part.width == first.width && part.classes == first.classes,
          "expected sets of one kind, found %s and %s".formatted(first, part));
      count = Math.addExact(count, part.count());
    }
    Iterator<ImageSet> rest = parts.iterator();
    return paint(
        count,
        first.height,
        first.width,
        first.classes,
        new Painter() {
          private ImageSet part = rest.next();
          private int before;

          @Override
          public int paint(int i, byte[] pixels, int at) {
            while (i - before >= part.count()) {
              before += part.count();
              part = rest.next();
            }
            part.copyPixels(i - before, pixels, at);
            return part.label(i - before);
          }
        });
  }

  /** The images at {@code indices}, in that order; an index may stand more than once. */
  @Override
  public ImageSet select(int[] indices) {
    return paint(
        indices.length,
        height,
        width,
        classes,
        (i, into, at) -> {
          copyPixels(indices[i], into, at);
          return label(indices[i]);
        });
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** Bytes of one image, {@code height * width}. */
  public int pixels() {
    return height * width;
  }

  /** The label of image {@code i}, {@code 0 … classes - 1}. */
  @Override
  public int label(int i) {
    return labels[i] & 0xff;
  }

  /** Copies the bytes of image {@code i} to {@code into}, from {@code at}. */
  public void copyPixels(int i, byte[] into, int at) {
    int size = pixels();
    System.arraycopy(blocks[i >>> BLOCK_SHIFT], (i & BLOCK_MASK) * size, into, at, size);
  }

  /** The bytes of image {@code i}, a copy. */
  public byte[] image(int i) {
    byte[] copy = new byte[pixels()];
    copyPixels(i, copy, 0);
    return copy;
  }

  /**
   * Widens image {@code i} to floats from 0 to 1, {@code pixel / 255}, and writes them to {@code
   * into}, from {@code at}.
   */
  public void scaleInto(int i, float[] into, int at) {
    byte[] block = blocks[i >>> BLOCK_SHIFT];
    int size = pixels();
    int from = (i & BLOCK_MASK) * size;
    for (int p = 0; p < size; p++) {
      into[at + p] = (block[from + p] & 0xff) * (1f / 255f);
    }
  }

  @Override
  public long[] countsPerClass() {
    long[] counts = new long[classes];
    for (byte label : labels) {
      counts[label & 0xff]++;
    }
    return counts;
  }

  /** CRC-32C of size, labels and every image: quick, and no proof against intent. */
  @Override
  public int checksum() {
    CRC32C checksum = begunChecksum(count(), height, width, classes);
    checksum.update(labels);
    for (byte[] block : blocks) {
      checksum.update(block);
    }
    return (int) checksum.getValue();
  }

  /** The checksum of such images, to which labels and images are to be added. */
  static CRC32C begunChecksum(int count, int height, int width, int classes) {
    CRC32C checksum = new CRC32C();
    checksum.update(
        ByteBuffer.allocate(16).putInt(count).putInt(height).putInt(width).putInt(classes).flip());
    return checksum;
  }

  /** Whether both hold the same images with the same labels in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ImageSet that
        && height == that.height
        && width == that.width
        && classes == that.classes
        && Arrays.equals(labels, that.labels)
        && Arrays.deepEquals(blocks, that.blocks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(labels) * 31 + Arrays.deepHashCode(blocks);
  }

  @Override
  public String toString() {
    return count() + " images of " + height + "x" + width + ", " + classes + " classes";
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
