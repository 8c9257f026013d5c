package org.shardmean.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** IDX files as bytes, sound ones, for tests to write, wrap and spoil. */
public final class IdxBytes {
  private IdxBytes() {}

  /** An images file of these digits' images. */
  public static byte[] images(ImageSet digits) {
    ByteBuffer file = ByteBuffer.allocate(16 + digits.count() * digits.pixels());
    file.putInt(0x00000803).putInt(digits.count()).putInt(digits.height()).putInt(digits.width());
    for (int i = 0; i < digits.count(); i++) {
      file.put(digits.image(i));
    }
    return file.array();
  }

  /** A labels file of these digits' labels. */
  public static byte[] labels(ImageSet digits) {
    ByteBuffer file = ByteBuffer.allocate(8 + digits.count());
    file.putInt(0x00000801).putInt(digits.count());
    for (int i = 0; i < digits.count(); i++) {
      file.put((byte) digits.label(i));
    }
    return file.array();
  }

  /** Those bytes as one gzip member. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(wrapped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return wrapped.toByteArray();
  }

  /** Images that differ from one another, with labels that go round the classes. */
  public static ImageSet digits(int count, int height, int width, int classes) {
    return ImageSet.paint(
        count,
        height,
        width,
        classes,
        (i, pixels, at) -> {
          for (int p = 0; p < height * width; p++) {
            pixels[at + p] = (byte) (31 * i + 7 * p);
          }
          return i % classes;
        });
  }

  /** Writes the four files of a dataset, plain. */
  public static void writeFolder(Path folder, ImageSet train, ImageSet test) {
    write(folder, MnistFile.TRAIN_IMAGES.fileName(), images(train));
    write(folder, MnistFile.TRAIN_LABELS.fileName(), labels(train));
    write(folder, MnistFile.TEST_IMAGES.fileName(), images(test));
    write(folder, MnistFile.TEST_LABELS.fileName(), labels(test));
  }

  /** Writes one file, and the folder where it is not there yet. */
  public static Path write(Path folder, String name, byte[] bytes) {
    try {
      Files.createDirectories(folder);
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
