package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.shardmean.data.Seeds;
import org.shardmean.train.TrainingState;

class SentStateTest {
  @Property
  void whatGoesOverTheWireComesBackBitForBit(
      @ForAll @Size(min = 1, max = 50) int[] bits,
      @ForAll @IntRange(min = 0, max = 2) int moments,
      @ForAll @IntRange(min = 0) int steps)
      throws Exception {
    float[] parameters = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      parameters[i] = Float.intBitsToFloat(bits[i]);
    }
    float[] all = new float[bits.length * moments];
    for (int i = 0; i < all.length; i++) {
      all[i] = parameters[i % parameters.length];
    }

    TrainingState back = sent(SentState.of(new TrainingState(parameters, all, steps))).state();

    assertArrayEquals(parameters, back.parameters());
    assertArrayEquals(all, back.moments());
    assertEquals(steps, back.steps());
  }

  /** More floats than are written at once, and not a multiple of them. */
  @Test
  void aLargeStateComesBackAndIsAsLargeOnTheWireAsItSays() throws Exception {
    float[] parameters = new float[10_007];
    var random = Seeds.generator(1, Seeds.Purpose.SHUFFLE, 0, 0);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextDouble();
    }
    TrainingState state = new TrainingState(parameters, parameters.clone(), 3);
    SentState sent = SentState.of(state);

    assertArrayEquals(parameters, sent(sent).state().parameters());
    assertArrayEquals(parameters, sent(sent).state().moments());
    int size = written(sent).length;
    assertTrue(size >= sent.bytes(), "at least what it says, found " + size);
    assertTrue(size < 1.01 * sent.bytes(), "little more than it says, found " + size);
  }

  /** 200 million parameters with Adam's moments, which the model may have: 2.4 GB. */
  @Test
  void theBytesOfTheLargestStatesAreCountedToo() {
    assertEquals(16 + 2_400_000_000L, SentState.bytes(200_000_000, 400_000_000));
  }

  @Test
  void whatStaysIsNotCopied() {
    TrainingState state = new TrainingState(new float[] {1, 2}, new float[] {3, 4}, 5);
    assertSame(state.parameters(), SentState.of(state).state().parameters());
    assertSame(state.moments(), SentState.of(state).state().moments());
  }

  @Test
  void aWorkersOwnMomentsTravelWithoutParameters() throws Exception {
    float[] shared = {9, 8};
    TrainingState own = new TrainingState(new float[] {1, 2}, new float[] {3, 4, 5, 6}, 7);
    TrainingState back = sent(SentState.momentsOf(own)).stateWith(shared);
    assertSame(shared, back.parameters());
    assertArrayEquals(own.moments(), back.moments());
    assertEquals(7, back.steps());
  }

  private static SentState sent(SentState state) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written(state)))) {
      return (SentState) in.readObject();
    }
  }

  private static byte[] written(SentState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
    }
    return bytes.toByteArray();
  }
}
