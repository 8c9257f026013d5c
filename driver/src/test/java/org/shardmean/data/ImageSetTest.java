package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  @Property(tries = 100)
  void whatGoesInComesOut(@ForAll("digits") ImageSet digits) {
    byte[] pixels = new byte[digits.count() * digits.pixels()];
    byte[] labels = new byte[digits.count()];
    for (int i = 0; i < digits.count(); i++) {
      digits.copyPixels(i, pixels, i * digits.pixels());
      labels[i] = (byte) digits.label(i);
    }

    ImageSet again = ImageSet.of(digits.height(), digits.width(), digits.classes(), pixels, labels);

    assertEquals(digits, again);
    assertEquals(digits.hashCode(), again.hashCode());
    for (int i = 0; i < digits.count(); i++) {
      int from = i * digits.pixels();
      assertArrayEquals(Arrays.copyOfRange(pixels, from, from + digits.pixels()), digits.image(i));
    }
  }

  @Property(tries = 100)
  void selectionKeepsOrderAndRepetition(@ForAll("digits") ImageSet digits, @ForAll int[] picks) {
    int[] indices =
        digits.count() == 0
            ? new int[0]
            : IntStream.of(picks).map(p -> Math.floorMod(p, digits.count())).toArray();

    ImageSet selected = digits.select(indices);

    assertEquals(indices.length, selected.count());
    for (int i = 0; i < indices.length; i++) {
      assertEquals(digits.label(indices[i]), selected.label(i));
      assertArrayEquals(digits.image(indices[i]), selected.image(i));
    }
  }

  @Property(tries = 50)
  void everyImageIsCountedInItsClass(@ForAll("digits") ImageSet digits) {
    long[] counts = digits.countsPerClass();

    assertEquals(digits.classes(), counts.length);
    assertEquals(digits.count(), LongStream.of(counts).sum());
    for (int i = 0; i < digits.count(); i++) {
      counts[digits.label(i)]--;
    }
    assertArrayEquals(new long[digits.classes()], counts);
  }

  @Property(tries = 30)
  void theWireKeepsEverything(@ForAll("digits") ImageSet digits)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(wire)) {
      out.writeObject(digits);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(wire.toByteArray()))) {
      assertEquals(digits, in.readObject());
    }
  }

  @Test
  void imagesBeyondOneBlockAreFound() {
    int count = 2 * ImageSet.IMAGES_PER_BLOCK + 5;
    ImageSet digits =
        ImageSet.paint(
            count,
            1,
            3,
            256,
            (i, pixels, at) -> {
              pixels[at] = (byte) i;
              pixels[at + 1] = (byte) (i >>> 8);
              pixels[at + 2] = (byte) (i >>> 16);
              return i % 256;
            });

    for (int i :
        new int[] {0, ImageSet.IMAGES_PER_BLOCK - 1, ImageSet.IMAGES_PER_BLOCK, count - 1}) {
      assertArrayEquals(
          new byte[] {(byte) i, (byte) (i >>> 8), (byte) (i >>> 16)}, digits.image(i));
      assertEquals(i % 256, digits.label(i));
    }
  }

  @Test
  void pixelsAreScaledFromZeroToOne() {
    ImageSet digits = ImageSet.of(1, 4, 1, new byte[] {0, 1, (byte) 128, (byte) 255}, new byte[1]);
    float[] scaled = new float[6];

    digits.scaleInto(0, scaled, 1);

    assertArrayEquals(new float[] {0, 0, 1 / 255f, 128 / 255f, 1, 0}, scaled, 1e-7f);
    assertEquals(1f, scaled[4]);
  }

  @Test
  void whatIsHandedInOrOutIsACopy() {
    byte[] pixels = {1, 2};
    byte[] labels = {0};
    ImageSet digits = ImageSet.of(1, 2, 2, pixels, labels);

    pixels[0] = 9;
    labels[0] = 1;
    digits.image(0)[1] = 9;
    digits.countsPerClass()[0] = 9;

    assertEquals(ImageSet.of(1, 2, 2, new byte[] {1, 2}, new byte[] {0}), digits);
  }

  @Test
  void anotherPixelLabelShapeOrClassCountIsAnotherValue() {
    ImageSet digits = ImageSet.of(1, 2, 2, new byte[] {1, 2}, new byte[] {0});

    assertNotEquals(digits, ImageSet.of(1, 2, 2, new byte[] {1, 3}, new byte[] {0}));
    assertNotEquals(digits, ImageSet.of(1, 2, 2, new byte[] {1, 2}, new byte[] {1}));
    assertNotEquals(digits, ImageSet.of(2, 1, 2, new byte[] {1, 2}, new byte[] {0}));
    assertNotEquals(digits, ImageSet.of(1, 2, 3, new byte[] {1, 2}, new byte[] {0}));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused(() -> ImageSet.of(1, 2, 2, new byte[] {1}, new byte[] {0}));
    refused(() -> ImageSet.of(1, 1, 2, new byte[] {1}, new byte[] {2}));
    refused(() -> ImageSet.of(1, 1, 257, new byte[] {1}, new byte[] {0}));
    refused(() -> ImageSet.of(0, 1, 1, new byte[0], new byte[] {0}));
    refused(() -> ImageSet.paint(-1, 1, 1, 1, (i, pixels, at) -> 0));
    refused(() -> ImageSet.paint(1, 1, 1, 1, (i, pixels, at) -> -1));
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }

  @Provide
  Arbitrary<ImageSet> digits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(1, 256))
        .as(IdxBytes::digits);
  }

  @Test
  void theChecksumTellsEveryDifference() {
    byte[] pixels = new byte[3 * 20];
    byte[] labels = {0, 1, 2};
    int checksum = ImageSet.of(4, 5, 3, pixels, labels).checksum();
    byte[] others = pixels.clone();
    others[59] = 1;

    assertEquals(checksum, ImageSet.of(4, 5, 3, pixels, labels).checksum());
    assertNotEquals(checksum, ImageSet.of(4, 5, 3, others, labels).checksum());
    assertNotEquals(checksum, ImageSet.of(5, 4, 3, pixels, labels).checksum());
    assertNotEquals(checksum, ImageSet.of(4, 5, 4, pixels, labels).checksum());
    assertNotEquals(checksum, ImageSet.of(4, 5, 3, pixels, new byte[] {0, 2, 1}).checksum());
  }

  @Test
  void generatedDigitsAreToldApartByCountAndSeed() {
    int checksum = new GeneratedExamples(1_000_000, 1, false).checksum();

    assertEquals(checksum, new GeneratedExamples(1_000_000, 1, false).checksum());
    assertNotEquals(checksum, new GeneratedExamples(1_000_001, 1, false).checksum());
    assertNotEquals(checksum, new GeneratedExamples(1_000_000, 2, false).checksum());
    assertNotEquals(checksum, new GeneratedExamples(1_000_000, 1, true).checksum());
  }
}
