package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are read in parts give what the same files give in memory. */
class IdxExamplesTest {
  private static final Configuration HADOOP = new Configuration(false);
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir Path folder;

  @Test
  void theyAreTheSameAsInMemory() throws Exception {
    ImageSet digits = IdxBytes.digits(300, 5, 7, 10);
    ExampleSource read = inParts(digits);

    assertTrue(read.isMadeOnDemand());
    assertEquals(300, read.count());
    assertEquals(5, read.height());
    assertEquals(7, read.width());
    assertEquals(10, read.classes());
    assertEquals(digits.checksum(), read.checksum());
    assertArrayEquals(digits.countsPerClass(), read.countsPerClass());
    for (int i = 0; i < digits.count(); i++) {
      assertEquals(digits.label(i), read.label(i));
    }
    assertEquals(digits, read.select(IntStream.range(0, 300).toArray()));
  }

  /** Images of 200 x 200 bytes: neighbours are read together, others are left out. */
  @Test
  void anyImagesInAnyOrderAreTheRightOnes() throws Exception {
    ImageSet digits = IdxBytes.digits(160, 200, 200, 10);
    ExampleSource read = inParts(digits);
    SplittableRandom random = new SplittableRandom(1);

    for (int tries = 0; tries < 50; tries++) {
      int[] some = random.ints(random.nextInt(40), 0, 160).toArray();
      assertEquals(digits.select(some), read.select(some), () -> Arrays.toString(some));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> read.select(new int[] {160}));
    assertThrows(IndexOutOfBoundsException.class, () -> read.select(new int[] {-1}));
  }

  @Test
  void severalSelectionsAreReadTogetherAndHandedOnInTheirOrder() throws Exception {
    ImageSet digits = IdxBytes.digits(500, 6, 6, 10);
    List<int[]> selections = new ArrayList<>();
    selections.add(new int[0]);
    for (int shard = 0; shard < 7; shard++) {
      int number = shard;
      selections.add(IntStream.range(0, 500).filter(i -> i % 7 == number).toArray());
      selections.add(new int[0]);
    }

    Iterator<Examples> each = inParts(digits).selectEach(selections.iterator());

    for (int[] selection : selections) {
      assertEquals(digits.select(selection), each.next());
    }
    assertFalse(each.hasNext());
  }

  @Test
  void partsOfThemAreReadTogetherToo() throws Exception {
    ImageSet digits = IdxBytes.digits(200, 3, 3, 10);
    ValidationSplit inMemory = ValidationSplit.of(digits, 0.2, 1);
    ValidationSplit inParts = ValidationSplit.of(inParts(digits), 0.2, 1);
    List<int[]> selections = List.of(new int[] {3, 5, 9}, new int[] {0, 150});

    Iterator<Examples> each = inParts.training().selectEach(selections.iterator());

    for (int[] selection : selections) {
      assertEquals(inMemory.training().select(selection), each.next());
    }
    assertEquals(inMemory.heldOut().checksum(), inParts.heldOut().checksum());
  }

  @Test
  void executorsReadWhatTheyAreSent() throws Exception {
    ImageSet digits = IdxBytes.digits(30, 3, 3, 10);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(inParts(digits));
    }

    ExampleSource sent;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      sent = (ExampleSource) in.readObject();
    }

    assertEquals(digits.select(new int[] {7, 29}), sent.select(new int[] {7, 29}));
    assertEquals(digits.checksum(), sent.checksum());
  }

  /** As pieces are, of which a file of this test has only one. */
  @Property(tries = 200)
  void checksumsOfPartsJoinToThatOfTheWhole(
      @ForAll byte[] first, @ForAll @Size(max = 5000) byte[] second) {
    CRC32C whole = new CRC32C();
    whole.update(first);
    whole.update(second);

    assertEquals(
        (int) whole.getValue(),
        IdxFilePair.joined(checksum(first), checksum(second), second.length));
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  @Test
  void asManyChecksumsAsPiecesAreWanted() {
    IdxFilePair pair = pair(folder, IdxBytes.digits(30, 3, 3, 10));

    assertEquals(1, pair.pieces());
    assertThrows(IllegalArgumentException.class, () -> pair.examples(new int[2]));
  }

  @Test
  void smallFilesAndGzipFilesAreNotReadInParts() {
    ImageSet digits = IdxBytes.digits(30, 3, 3, 10);
    IdxBytes.write(folder, IMAGES, IdxBytes.images(digits));
    IdxBytes.write(folder, LABELS, IdxBytes.labels(digits));
    assertEquals(Optional.empty(), find(folder, 16 + 270));
    assertTrue(find(folder, 16 + 269).isPresent());

    IdxBytes.write(folder, LABELS, IdxBytes.gzip(IdxBytes.labels(digits)));
    assertEquals(Optional.empty(), find(folder, 0));
    IdxBytes.write(folder, LABELS, IdxBytes.labels(digits));
    IdxBytes.write(folder, IMAGES, IdxBytes.gzip(IdxBytes.images(digits)));
    assertEquals(Optional.empty(), find(folder, 0));
  }

  /** Whoever reads the files in the end, they are checked by the same rules. */
  @ParameterizedTest
  @EnumSource(CorruptIdx.class)
  void aSpoiltFileIsRefusedInTheSameWords(CorruptIdx fault) {
    fault.writeTo(folder);
    org.apache.hadoop.fs.Path path = LocalPath.of(folder);

    String inMemory = refused(() -> IdxFolder.load(path, HADOOP));

    assertEquals(
        inMemory, refused(() -> IdxFolder.load(path.toString(), HADOOP, 0, this::digested)));
  }

  private Optional<ExampleSource> digested(IdxFilePair files) {
    int[] checksums = IntStream.range(0, files.pieces()).map(files::checksumOf).toArray();
    return Optional.of(files.examples(checksums));
  }

  @Test
  void aFileThatIsCutAfterwardsIsRefused() throws Exception {
    ExampleSource read = inParts(IdxBytes.digits(30, 3, 3, 10));
    Path images = folder.resolve(IMAGES);
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 100));

    String said = refused(() -> read.select(new int[] {2}));

    assertTrue(said.contains(IMAGES) && said.contains("286 bytes"), said);
    assertTrue(said.contains("found 100 bytes"), said);
  }

  @Test
  void aFileThatIsWrittenAgainAfterwardsIsRefused() throws Exception {
    ExampleSource read = inParts(IdxBytes.digits(30, 3, 3, 10));
    Files.setLastModifiedTime(folder.resolve(LABELS), FileTime.fromMillis(1_000));

    String said = refused(() -> read.select(new int[] {2}));

    assertTrue(said.contains(LABELS) && said.contains("1970-01-01T00:00:01Z"), said);
  }

  /** By somebody who takes care that size and time stay. */
  @Test
  void aLabelPastTheClassesThatComesAfterwardsIsRefused() throws Exception {
    ExampleSource read = inParts(IdxBytes.digits(30, 3, 3, 10));
    Path labels = folder.resolve(LABELS);
    FileTime before = Files.getLastModifiedTime(labels);
    byte[] bytes = Files.readAllBytes(labels);
    bytes[8 + 4] = 77;
    Files.write(labels, bytes);
    Files.setLastModifiedTime(labels, before);

    String said = refused(() -> read.select(new int[] {3, 4}));

    assertTrue(said.contains("at byte 12") && said.contains("from 0 to 9"), said);
    assertTrue(said.contains("found 77"), said);
  }

  @Test
  void aFileThatIsGoneAfterwardsIsRefused() throws Exception {
    IdxFilePair pair = pair(folder, IdxBytes.digits(30, 3, 3, 10));
    Files.delete(folder.resolve(IMAGES));

    String said = refused(() -> pair.checksumOf(0));

    assertTrue(said.contains(IMAGES) && said.contains("found nothing there"), said);
  }

  private static String refused(Executable reading) {
    String said = assertThrows(DataException.class, reading).getMessage();
    assertEquals(1, said.lines().count(), said);
    return said;
  }

  private ExampleSource inParts(ImageSet digits) {
    IdxFilePair pair = pair(folder, digits);
    return digested(pair).orElseThrow();
  }

  private static IdxFilePair pair(Path folder, ImageSet digits) {
    IdxBytes.write(folder, IMAGES, IdxBytes.images(digits));
    IdxBytes.write(folder, LABELS, IdxBytes.labels(digits));
    return find(folder, 0).orElseThrow();
  }

  private static Optional<IdxFilePair> find(Path folder, long most) {
    return IdxFilePair.ofLarge(
        LocalPath.of(folder.resolve(IMAGES)),
        LocalPath.of(folder.resolve(LABELS)),
        OptionalInt.empty(),
        most,
        HADOOP);
  }
}
