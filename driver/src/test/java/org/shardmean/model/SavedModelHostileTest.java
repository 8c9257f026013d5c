package org.shardmean.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.Mutation;
import org.shardmean.Reading;

/** Whatever a model file holds, it is read to the bit or refused: no code runs, nothing grows. */
class SavedModelHostileTest {
  private static final byte[] SOUND = HostileModel.sound();
  private static final Map<String, byte[]> PARTS = undigested(SOUND);
  private static final SavedModel MODEL = read(SOUND).read().orElseThrow();

  @ParameterizedTest
  @EnumSource
  void everyFaultOfTheCorpusIsRefused(HostileModel hostile) {
    Reading<SavedModel> reading = read(hostile.bytes());

    assertEquals(hostile.message().isEmpty(), reading.read().isPresent(), reading.toString());
    assertTrue(reading.fault().contains(hostile.message()), reading.fault());
    assertNull(System.getProperty(Gadget.RAN), "code that the file names was run");
  }

  /** Without this the test above could not fail. */
  @Test
  void theGadgetRunsWhereSomebodyDeserializesIt() throws Exception {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(Gadget.serialized()))) {
      in.readObject();
      assertEquals("deserialized", System.getProperty(Gadget.RAN));
    } finally {
      System.clearProperty(Gadget.RAN);
    }
  }

  @Property(tries = 5000)
  void aMutatedFileIsReadToTheBitOrRefused(@ForAll("mutations") Mutation mutation) {
    read(mutation.applyTo(SOUND)).read().ifPresent(SavedModelHostileTest::assertSame);
  }

  @Property(tries = 1000)
  void aTruncatedFileIsRefused(@ForAll @IntRange(max = 2000) int bytes) {
    byte[] cut = Arrays.copyOf(SOUND, bytes % SOUND.length);
    assertEquals(Optional.empty(), read(cut).read());
  }

  /** Here the zip is sound, so that no check sum helps. */
  @Property(tries = 5000)
  void aMutatedPartIsAModelOrRefused(
      @ForAll("parts") String part, @ForAll("mutations") Mutation mutation) {
    Map<String, byte[]> parts = new LinkedHashMap<>(PARTS);
    parts.computeIfPresent(part, (name, bytes) -> mutation.applyTo(bytes));

    read(ZipBytes.zip(parts))
        .read()
        .ifPresent(
            model -> {
              assertEquals(model.spec().parameters(), model.parameters().length);
              for (float parameter : model.parameters()) {
                assertTrue(Float.isFinite(parameter));
              }
            });
  }

  @Property(tries = 1000)
  void anyBytesAreRefused(@ForAll @Size(max = 300) byte[] bytes) {
    assertEquals(Optional.empty(), read(bytes).read());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.of(PARTS.keySet());
  }

  private static Map<String, byte[]> undigested(byte[] zip) {
    Map<String, byte[]> parts = ZipBytes.entries(zip);
    parts.remove("parameters.sha256");
    return parts;
  }

  private static void assertSame(SavedModel model) {
    assertEquals(MODEL.spec(), model.spec());
    assertArrayEquals(MODEL.parameters(), model.parameters());
  }

  private static Reading<SavedModel> read(byte[] bytes) {
    return Reading.of(() -> SavedModel.read(new ByteArrayInputStream(bytes), "model.zip"));
  }
}
