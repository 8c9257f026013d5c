package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.Mutation;
import org.shardmean.Reading;
import org.shardmean.data.Sha256;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;
import org.shardmean.run.WorkerShare;

/** {@code examined.bin}: the images as they were, or a refusal in one line. */
class ExaminedFileTest {
  private static final RunRecord RUN = SampleRuns.shaped("small", 5, 4, 3, 2, Set.of());
  private static final ShownImages IMAGES = SampleExamples.of(RUN);
  private static final byte[] SOUND = ExaminedFile.write(RUN, IMAGES);

  static List<RunRecord> runs() {
    return List.of(
        RUN,
        SampleRuns.fiveEpochs(),
        SampleRuns.failedAtOnce(),
        SampleRuns.shaped("256 classes", 16, 16, 256, 3, Set.of(0, 255)),
        SampleRuns.shaped("1 × 1", 1, 1, 2, 2, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void whatIsWrittenIsReadBack(RunRecord run) {
    ShownImages images = SampleExamples.of(run);

    byte[] file = ExaminedFile.write(run, images);

    assertSame(images, ExaminedFile.read("examined.bin", file, run));
    assertArrayEquals(file, ExaminedFile.write(run, ExaminedFile.read("again", file, run)));
  }

  /** Of 1,000,000 pixels a list holds four images. */
  @Test
  void largeImagesAreFewer() {
    RunRecord run = SampleRuns.shaped("large", 1000, 1000, 3, 2, Set.of());
    ShownImages images = SampleExamples.of(run);

    byte[] file = ExaminedFile.write(run, images);
    ShownImages back = ExaminedFile.read("examined.bin", file, run);

    assertTrue(file.length < 17 << 20, "bytes: " + file.length);
    assertEquals(4, back.samples().size());
    assertEquals(images.answers(), back.answers());
    assertEquals(images.examination().reliability(), back.examination().reliability());
  }

  private static final byte[] OF_AUTOENCODER =
      ExaminedFile.write(SampleRuns.autoencoder(), SampleExamples.of(SampleRuns.autoencoder()));

  @Property(tries = 3000)
  void aMutatedFileIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    Reading<ShownImages> reading = read(mutation.applyTo(SOUND));

    reading.read().ifPresent(back -> assertSame(IMAGES, back));
    assertTrue(reading.read().isPresent() || reading.fault().startsWith("examined.bin: expected"));
  }

  /** Behind a sound digest too, nothing is believed. */
  @Property(tries = 3000)
  void aMutatedFileWithItsDigestIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    byte[] content = mutation.applyTo(Arrays.copyOf(SOUND, SOUND.length - 32));

    Reading<ShownImages> reading = read(sealed(content));

    assertTrue(reading.read().isPresent() || reading.fault().startsWith("examined.bin: expected"));
  }

  @Test
  void sizesThatTheFileDoesNotHaveAreRefused() {
    int lists = 4 + 32 + 12 + 3 * 8 + 10 * 24;
    for (int count : new int[] {-1, 1_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] content = Arrays.copyOf(SOUND, SOUND.length - 32);
      ByteBuffer.wrap(content).putInt(lists, count);

      String fault = read(sealed(content)).fault();

      assertTrue(fault.contains("images") || fault.contains("fewer"), fault);
    }
  }

  @Test
  void thoseOfAnotherNetworkOrOtherImagesAreRefused() {
    RunRecord other = SampleRuns.shaped("other", 4, 5, 3, 2, Set.of());

    String fault = Reading.of(() -> ExaminedFile.read("examined.bin", SOUND, other)).fault();
    assertTrue(fault.contains("found other images"), fault);
    byte[] content = Arrays.copyOf(SOUND, SOUND.length - 32);
    content[4] ^= 1;
    assertTrue(read(sealed(content)).fault().contains("found those of another network"));
  }

  /** An autoencoder's file, which holds more. */
  @Property(tries = 3000)
  void aMutatedFileOfAnAutoencoderIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    RunRecord run = SampleRuns.autoencoder();
    byte[] content = mutation.applyTo(Arrays.copyOf(OF_AUTOENCODER, OF_AUTOENCODER.length - 32));

    Reading<ShownImages> reading =
        Reading.of(() -> ExaminedFile.read("examined.bin", sealed(content), run));

    assertTrue(reading.read().isPresent() || reading.fault().startsWith("examined.bin: expected"));
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  private static byte[] sealed(byte[] content) {
    byte[] file = Arrays.copyOf(content, content.length + 32);
    System.arraycopy(Sha256.of(content), 0, file, content.length, 32);
    return file;
  }

  private static Reading<ShownImages> read(byte[] file) {
    return Reading.of(() -> ExaminedFile.read("examined.bin", file, RUN));
  }

  private static void assertSame(ShownImages expected, ShownImages found) {
    assertEquals(expected.trainPerClass(), found.trainPerClass());
    assertEquals(expected.examination().reliability(), found.examination().reliability());
    assertEquals(expected.answers(), found.answers());
    assertEquals(expected.workers().size(), found.workers().size());
    for (int w = 0; w < expected.workers().size(); w++) {
      WorkerShare share = expected.workers().get(w);
      assertEquals(share.worker(), found.workers().get(w).worker());
      assertEquals(share.perClass(), found.workers().get(w).perClass());
      assertSame(share.samples(), found.workers().get(w).samples());
    }
    assertSame(expected.samples(), found.samples());
    assertSame(expected.examination().correct(), found.examination().correct());
    assertSame(expected.examination().misclassified(), found.examination().misclassified());
  }

  private static void assertSame(List<ClassifiedExample> expected, List<ClassifiedExample> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).example(), found.get(i).example());
      assertEquals(expected.get(i).actual(), found.get(i).actual());
      assertArrayEquals(expected.get(i).image().pixels(), found.get(i).image().pixels());
      assertArrayEquals(
          expected.get(i).image().probabilities(), found.get(i).image().probabilities());
    }
  }
}
