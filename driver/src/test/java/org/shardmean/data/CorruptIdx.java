package org.shardmean.data;

import static org.shardmean.data.MnistFile.TEST_IMAGES;
import static org.shardmean.data.MnistFile.TEST_LABELS;
import static org.shardmean.data.MnistFile.TRAIN_IMAGES;
import static org.shardmean.data.MnistFile.TRAIN_LABELS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The corpus of spoilt datasets: each is a folder whose four files are sound but for one fault. The
 * sound ones hold 40 training and 20 test images of 6x5, of 10 classes.
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep nothing, the lists are copies.
public enum CorruptIdx {
  WRONG_IMAGES_MAGIC(
      TRAIN_IMAGES, b -> putInt(b, 0, 0x00000802), "byte 0", "0x00000803", "0x00000802"),
  WRONG_LABELS_MAGIC(
      TRAIN_LABELS, b -> putInt(b, 0, 0x00000d01), "byte 0", "0x00000801", "0x00000d01"),
  LABELS_WHERE_IMAGES_SHOULD_BE(
      TRAIN_IMAGES, b -> IdxBytes.labels(train()), "0x00000801 (IDX labels)", "swapped?"),
  IMAGES_WHERE_LABELS_SHOULD_BE(
      TEST_LABELS, b -> IdxBytes.images(test()), "0x00000803 (IDX images)", "swapped?"),
  LITTLE_ENDIAN(TRAIN_IMAGES, b -> putInt(b, 0, 0x03080000), "0x03080000", "wrong order"),
  A_WEB_PAGE(
      TRAIN_IMAGES,
      b -> "<!DOCTYPE html><title>403</title>".getBytes(StandardCharsets.US_ASCII),
      "a web page"),
  A_PNG_IMAGE(TRAIN_IMAGES, b -> putInt(b, 0, 0x89504e47), "a PNG image"),
  GZIP_WITHIN_GZIP(TRAIN_IMAGES, b -> IdxBytes.gzip(IdxBytes.gzip(b)), "gzip within gzip"),
  EMPTY(TRAIN_IMAGES, b -> new byte[0], "byte 0", "magic number", "the end after 0"),
  IMAGES_HEADER_CUT_SHORT(
      TRAIN_IMAGES, b -> Arrays.copyOf(b, 14), "byte 14", "width", "the end after 2"),
  LABELS_HEADER_CUT_SHORT(
      TRAIN_LABELS, b -> Arrays.copyOf(b, 4), "byte 4", "number of labels", "the end after 0"),
  IMAGES_CUT_SHORT(
      TRAIN_IMAGES,
      b -> Arrays.copyOf(b, b.length - 1),
      "byte 16",
      "1200 more bytes (40 images of 6x5)",
      "found 1199",
      "cut short"),
  LABELS_CUT_SHORT(
      TEST_LABELS,
      b -> Arrays.copyOf(b, b.length - 3),
      "byte 8",
      "20 more bytes (20 labels)",
      "found 17",
      "cut short"),
  GZIPPED_IMAGES_CUT_SHORT(
      TRAIN_IMAGES,
      b -> IdxBytes.gzip(Arrays.copyOf(b, b.length - 1)),
      "byte 1215 (uncompressed)",
      "30 bytes (image 39 of 40)",
      "the end after 29"),
  TRAILING_BYTES_AFTER_IMAGES(
      TEST_IMAGES, b -> Arrays.copyOf(b, b.length + 2), "600 more bytes", "found 602", "trailing"),
  TRAILING_BYTES_AFTER_LABELS(
      TRAIN_LABELS, b -> Arrays.copyOf(b, b.length + 1), "40 more bytes", "found 41", "trailing"),
  GZIPPED_TRAILING_BYTES(
      TRAIN_IMAGES,
      b -> IdxBytes.gzip(Arrays.copyOf(b, b.length + 1)),
      "byte 1216 (uncompressed)",
      "the end",
      "more bytes",
      "trailing"),
  FEWER_LABELS_THAN_IMAGES(
      TRAIN_LABELS, b -> IdxBytes.labels(digits(39)), "byte 4", "train-images", "40", "found 39"),
  MORE_LABELS_THAN_IMAGES(TEST_LABELS, b -> IdxBytes.labels(digits(21)), "20", "found 21"),
  TEST_LABEL_PAST_THE_CLASSES(
      TEST_LABELS, b -> put(b, 8 + 7, 10), "byte 15", "from 0 to 9", "10 classes", "found 10"),
  NO_IMAGES(TRAIN_IMAGES, b -> putInt(Arrays.copyOf(b, 16), 4, 0), "byte 4", "images", "found 0"),
  NO_LABELS(TRAIN_LABELS, b -> putInt(Arrays.copyOf(b, 8), 4, 0), "byte 4", "labels", "found 0"),
  IMAGES_OF_NO_HEIGHT(TRAIN_IMAGES, b -> putInt(b, 8, 0), "byte 8", "height", "found 0"),
  IMAGES_OF_NO_WIDTH(TRAIN_IMAGES, b -> putInt(b, 12, 0), "byte 12", "width", "found 0"),
  MORE_IMAGES_THAN_AN_INTEGER_COUNTS(
      TRAIN_IMAGES, b -> putInt(b, 4, -1), "byte 4", "2147483647", "found 4294967295"),
  WIDTH_PAST_ALL_REASON(
      TRAIN_IMAGES, b -> putInt(b, 12, 0x7fffffff), "byte 12", "width", "found 2147483647"),
  IMAGES_PAST_ALL_REASON(
      TRAIN_IMAGES,
      b -> putInt(putInt(b, 8, 60_000), 12, 60_000),
      "byte 8",
      "65535 pixels",
      "60000x60000"),
  MORE_IMAGES_THAN_THE_FILE_HOLDS(
      TRAIN_IMAGES, b -> putInt(b, 4, 2_000_000_000), "60000000000 more bytes", "found 1200"),
  MORE_IMAGES_THAN_THE_GZIP_CAN_HOLD(
      TRAIN_IMAGES,
      b -> IdxBytes.gzip(putInt(b, 4, 2_000_000_000)),
      "60000000000 more bytes",
      "may unpack to at most"),
  GZIP_BOMB(
      TRAIN_IMAGES,
      b -> IdxBytes.gzip(putInt(Arrays.copyOf(b, 16 + (1 << 20) * 30), 4, 1 << 20)),
      "byte 16",
      "31457280 more bytes",
      "may unpack to at most 16777216"),
  GZIP_CUT_SHORT(
      TRAIN_IMAGES,
      b -> cutShort(IdxBytes.gzip(b), 40),
      "more gzip data",
      "gzip file is cut short"),
  GZIP_CUT_SHORT_IN_ITS_HEADER(
      TRAIN_IMAGES, b -> Arrays.copyOf(IdxBytes.gzip(b), 5), "gzip header"),
  GZIP_CUT_SHORT_IN_ITS_TRAILER(
      TRAIN_LABELS, b -> cutShort(IdxBytes.gzip(b), 3), "gzip file is cut short"),
  GZIP_OF_AN_UNKNOWN_METHOD(TRAIN_IMAGES, b -> put(IdxBytes.gzip(b), 2, 7), "compression method"),
  GZIP_WITH_A_WRONG_CHECKSUM(
      TRAIN_IMAGES, b -> flip(IdxBytes.gzip(b), -8), "valid gzip data", "CRC32"),
  GZIP_WITH_A_WRONG_LENGTH(
      TRAIN_IMAGES, b -> flip(IdxBytes.gzip(b), -1), "valid gzip data", "size mismatch"),
  GZIP_WITH_SPOILT_DATA(TRAIN_IMAGES, b -> put(IdxBytes.gzip(b), 10, 0xff), "valid gzip data"),
  GZIP_WITH_GARBAGE_BEHIND(
      TRAIN_IMAGES,
      b -> {
        byte[] gzip = IdxBytes.gzip(b);
        return Arrays.copyOf(gzip, gzip.length + 9);
      },
      "valid gzip data",
      "Garbage after a valid .gz stream"),
  GZIP_THAT_INFLATES_PAST_ITS_HEADER(
      // Its end is cut away: whoever unpacked it all would report that instead.
      TRAIN_IMAGES,
      b -> cutShort(IdxBytes.gzip(Arrays.copyOf(b, 1 << 26)), 8),
      "byte 1216 (uncompressed)",
      "the end",
      "more bytes",
      "trailing");

  private final MnistFile spoilt;
  private final UnaryOperator<byte[]> fault;
  private final List<String> message;

  CorruptIdx(MnistFile spoilt, UnaryOperator<byte[]> fault, String... message) {
    this.spoilt = spoilt;
    this.fault = fault;
    this.message = List.of(message);
  }

  /** Writes the four files, one of them spoilt. */
  public void writeTo(Path folder) {
    IdxBytes.writeFolder(folder, train(), test());
    Path file = folder.resolve(spoilt.fileName());
    try {
      Files.write(file, fault.apply(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the file with the fault. */
  public String spoiltName() {
    return spoilt.fileName();
  }

  /** What a message about this fault has to say, in order, besides the file's name. */
  public List<String> message() {
    return message;
  }

  /** The sound training digits. */
  public static ImageSet train() {
    return digits(40);
  }

  /** The sound test digits. */
  public static ImageSet test() {
    return digits(20);
  }

  private static ImageSet digits(int count) {
    return IdxBytes.digits(count, 6, 5, 10);
  }

  private static byte[] putInt(byte[] bytes, int at, int value) {
    return ByteBuffer.wrap(bytes.clone()).putInt(at, value).array();
  }

  private static byte[] put(byte[] bytes, int at, int value) {
    return ByteBuffer.wrap(bytes.clone()).put(at, (byte) value).array();
  }

  /** Turns over every bit of one byte; a negative place counts from the end. */
  private static byte[] flip(byte[] bytes, int at) {
    int place = at < 0 ? bytes.length + at : at;
    return put(bytes, place, ~bytes[place]);
  }

  private static byte[] cutShort(byte[] bytes, int by) {
    return Arrays.copyOf(bytes, bytes.length - by);
  }
}
