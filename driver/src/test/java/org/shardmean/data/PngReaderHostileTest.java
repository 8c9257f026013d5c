package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.shardmean.Mutation;
import org.shardmean.Reading;

/** Whatever a PNG file holds, an image comes of it or a {@link DataException}. */
class PngReaderHostileTest {
  private static final int SIZE = 28;
  private static final GreyImage DIGIT =
      GreyImage.of(new GeneratedExamples(1, 42, false).select(new int[] {0}), 0);
  private static final byte[] SOUND = PngFile.of(SIZE, SIZE, 8, PngFile.GREY, DIGIT.pixels());
  private static final byte[] PIXELS = packedPixels();

  @Property(tries = 3000)
  void aMutatedFileIsReadToThePixelOrRefused(@ForAll("mutations") Mutation mutation) {
    read(mutation.applyTo(SOUND)).read().ifPresent(image -> assertEquals(DIGIT, image));
  }

  /** The check sums are right, so the decoder meets it. */
  @Property(tries = 3000)
  void mutatedPixelDataIsDecodedOrRefused(@ForAll("mutations") Mutation mutation) {
    byte[] png =
        new PngFile()
            .header(SIZE, SIZE, 8, PngFile.GREY)
            .chunk("IDAT", mutation.applyTo(PIXELS))
            .end()
            .bytes();

    assertSized(read(png));
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void anyHeaderIsDecodedOrRefused(
      @ForAll("sizes") int width,
      @ForAll("sizes") int height,
      @ForAll("bytes") byte depth,
      @ForAll("bytes") byte colour,
      @ForAll("bytes") byte interlace) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(depth)
            .put(colour)
            .put(12, interlace)
            .array();
    byte[] palette = new byte[3 * 7];

    assertSized(
        read(
            new PngFile()
                .chunk("IHDR", header)
                .chunk("PLTE", palette)
                .chunk("tRNS", new byte[2])
                .chunk("IDAT", PIXELS)
                .end()
                .bytes()));
  }

  @Test
  void aSmallFileThatPromisesManyPixelsIsRefusedBeforeTheyAreAllocated() {
    byte[] png =
        new PngFile().header(5000, 5000, 8, PngFile.GREY).chunk("IDAT", PIXELS).end().bytes();

    assertTrue(read(png).fault().contains("packed bytes, which cannot hold them"));
  }

  @Test
  void pixelsOfManyBytesAreRefused() {
    byte[] png =
        new PngFile().header(5000, 5000, 16, PngFile.RGB_ALPHA).chunk("IDAT", PIXELS).end().bytes();

    assertTrue(read(png).fault().contains("found 200000000 bytes"), read(png).fault());
  }

  /** Text that unpacks to much is never unpacked. */
  @Test
  void aBombBesideThePixelsIsLeftPacked() {
    byte[] bomb = PngFile.deflated(new byte[80 << 20]);
    byte[] text = Arrays.copyOf(new byte[] {'k', 0, 0}, 3 + bomb.length);
    System.arraycopy(bomb, 0, text, 3, bomb.length);
    byte[] png =
        new PngFile()
            .header(SIZE, SIZE, 8, PngFile.GREY)
            .chunk("zTXt", text)
            .chunk("IDAT", PIXELS)
            .end()
            .bytes();

    assertEquals(Optional.of(DIGIT), read(png).read());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.oneOf(
        Arbitraries.integers(),
        Arbitraries.integers().between(0, 64),
        Arbitraries.of(5000, 1 << 24));
  }

  @Provide
  Arbitrary<Byte> bytes() {
    return Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.bytes().between((byte) 0, (byte) 17));
  }

  private static void assertSized(Reading<GreyImage> reading) {
    reading
        .read()
        .ifPresent(
            image -> {
              assertEquals(SIZE, image.height());
              assertEquals(SIZE, image.width());
            });
  }

  private static Reading<GreyImage> read(byte[] png) {
    return Reading.of(() -> new PngReader(SIZE, SIZE).read(new ByteArrayInputStream(png), "a.png"));
  }

  /** As they stand in the file: each row after a byte for its filter. */
  private static byte[] packedPixels() {
    byte[] rows = new byte[SIZE * (SIZE + 1)];
    for (int row = 0; row < SIZE; row++) {
      System.arraycopy(DIGIT.pixels(), row * SIZE, rows, row * (SIZE + 1) + 1, SIZE);
    }
    return PngFile.deflated(rows);
  }
}
