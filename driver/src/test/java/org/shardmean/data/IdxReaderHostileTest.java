package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.Mutation;
import org.shardmean.Reading;

/** Whatever IDX files hold, images come of them or a {@link DataException}, and little memory. */
class IdxReaderHostileTest {
  private static final ImageSet SOUND = IdxBytes.digits(40, 6, 5, 10);
  private static final byte[] IMAGES = IdxBytes.images(SOUND);
  private static final byte[] LABELS = IdxBytes.labels(SOUND);
  private static final Configuration HADOOP = new Configuration();
  private static final Path FOLDER = folder();

  @AfterContainer
  static void tidy() throws IOException {
    Files.deleteIfExists(FOLDER.resolve("images"));
    Files.deleteIfExists(FOLDER.resolve("labels"));
    Files.delete(FOLDER);
  }

  /** Nothing in a plain file says that a pixel is wrong; but sizes and labels have to fit. */
  @Property(tries = 2000)
  void mutatedImagesAreOfTheFilesSizeOrRefused(@ForAll("mutations") Mutation mutation) {
    byte[] images = mutation.applyTo(IMAGES);

    read(images, LABELS)
        .read()
        .ifPresent(
            read -> {
              assertEquals(40, read.count());
              assertEquals(images.length - 16, read.count() * read.pixels());
            });
  }

  @Property(tries = 2000)
  void mutatedLabelsAreAsManyAsTheImagesOrRefused(@ForAll("mutations") Mutation mutation) {
    read(IMAGES, mutation.applyTo(LABELS)).read().ifPresent(read -> assertEquals(40, read.count()));
  }

  /** Gzip carries a check sum: what is read is what was packed. */
  @Property(tries = 2000)
  void mutatedGzipIsReadToTheByteOrRefused(@ForAll("mutations") Mutation mutation) {
    read(mutation.applyTo(IdxBytes.gzip(IMAGES)), IdxBytes.gzip(LABELS))
        .read()
        .ifPresent(read -> assertSame(SOUND, read));
  }

  @Property(tries = 2000)
  void whatMutatedBytesPackIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    byte[] images = mutation.applyTo(IMAGES);

    read(IdxBytes.gzip(images), IdxBytes.gzip(LABELS))
        .read()
        .ifPresent(read -> assertEquals(images.length - 16, read.count() * read.pixels()));
  }

  /** Images alone, as {@code predict} takes them: no labels say how many there are. */
  @Property(tries = 2000)
  void mutatedImagesWithoutLabelsAreReadOrRefused(@ForAll("mutations") Mutation mutation) {
    org.apache.hadoop.fs.Path images = write("images", mutation.applyTo(IdxBytes.gzip(IMAGES)));

    Reading.of(() -> IdxReader.readImages(images, HADOOP));
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  private static Reading<ImageSet> read(byte[] images, byte[] labels) {
    org.apache.hadoop.fs.Path imagesFile = write("images", images);
    org.apache.hadoop.fs.Path labelsFile = write("labels", labels);
    return Reading.of(() -> IdxReader.read(imagesFile, labelsFile, HADOOP));
  }

  private static void assertSame(ImageSet expected, ImageSet found) {
    assertEquals(expected.count(), found.count());
    for (int i = 0; i < expected.count(); i++) {
      assertEquals(GreyImage.of(expected, i), GreyImage.of(found, i));
      assertEquals(expected.label(i), found.label(i));
    }
  }

  private static org.apache.hadoop.fs.Path write(String name, byte[] bytes) {
    try {
      return LocalPath.of(Files.write(FOLDER.resolve(name), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("hostile-idx");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
