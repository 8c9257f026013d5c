package org.shardmean.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.data.Seeds;
import org.shardmean.train.Moments;
import org.shardmean.train.TrainingState;

class CodedStateTest {
  @Property
  void float32ComesBackBitForBit(
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
    TrainingState state = new TrainingState(parameters, all, steps);

    TrainingState back = sent(WireFormat.FLOAT32.start(state, whole(state), 1)).state();

    assertArrayEquals(parameters, back.parameters());
    assertArrayEquals(all, back.moments());
    assertEquals(steps, back.steps());
  }

  /** More floats than are written at once, and not a multiple of them. */
  @ParameterizedTest
  @EnumSource
  void aStateIsTheSameWhetherItCrossesOrNotAndAsLargeAsItSays(WireFormat format) throws Exception {
    float[] parameters = drawn(10_007);
    TrainingState state = new TrainingState(parameters, drawn(2 * parameters.length), 3);
    for (CodedState coded :
        new CodedState[] {
          format.start(state, whole(state), 5), format.back(state, whole(state), 5)
        }) {
      TrainingState crossed = sent(coded).state();
      assertArrayEquals(coded.state().parameters(), crossed.parameters());
      assertArrayEquals(coded.state().moments(), crossed.moments());
      assertEquals(3, crossed.steps());
      int size = written(coded).length;
      assertTrue(size >= coded.bytes(), "at least what it says, found " + size);
      assertTrue(size < 500 + 1.01 * coded.bytes(), "little more than it says, found " + size);
    }
    assertEquals(
        format.bytesOfStart(parameters.length, 2 * parameters.length),
        format.start(state, whole(state), 5).bytes());
    assertEquals(
        format.bytesOfBack(parameters.length, 2 * parameters.length),
        format.back(state, whole(state), 5).bytes());
  }

  @Test
  void int8SendsLessThanAThird() {
    int parameters = 109_386;
    double out = WireFormat.INT8.bytesOfStart(parameters, 2 * parameters);
    double back = WireFormat.INT8.bytesOfBack(parameters, 2 * parameters);
    double plain = WireFormat.FLOAT32.bytesOfBack(parameters, 2 * parameters);
    assertTrue((out + back) / (2 * plain) < 1 / 3.0, "found " + (out + back) / (2 * plain));
  }

  /** 200 million parameters with Adam's moments, which the model may have: 2.4 GB. */
  @Test
  void theBytesOfTheLargestStatesAreCountedToo() {
    assertEquals(16 + 2_400_000_000L, WireFormat.FLOAT32.bytesOfStart(200_000_000, 400_000_000));
  }

  @Test
  void float32IsNotCopied() {
    TrainingState state = new TrainingState(new float[] {1, 2}, new float[] {3, 4}, 5);
    assertSame(
        state.parameters(), WireFormat.FLOAT32.start(state, whole(state), 1).state().parameters());
    assertSame(state.moments(), WireFormat.FLOAT32.back(state, whole(state), 1).state().moments());
  }

  @Test
  void aWorkersOwnMomentsTravelWithoutParameters() throws Exception {
    float[] own = {3, 4, 5, 6};
    Moments back = sent(WireFormat.FLOAT32.moments(own, 7, Part.whole(own.length), 1)).moments();
    assertArrayEquals(own, back.values());
    assertEquals(7, back.steps());
  }

  /**
   * Adam divides by the root of the second moment. Second moments in a block with first ones, which
   * are much larger, became zero, and weights of -134 came of it.
   */
  @Property(tries = 200)
  void noSecondMomentIsLostBesideTheFirst(
      @ForAll @IntRange(min = 1, max = 700) int parameters,
      @ForAll @IntRange(min = 0, max = 12) int decades) {
    float[] first = drawn(parameters);
    float[] moments = new float[2 * parameters];
    for (int i = 0; i < parameters; i++) {
      first[i] *= (float) Math.pow(10, -decades / 2.0);
      moments[i] = first[i];
      moments[parameters + i] = first[i] * first[i];
    }
    TrainingState state = new TrainingState(drawn(parameters), moments, 3);
    for (WireFormat format : WireFormat.values()) {
      for (Moments crossed :
          new Moments[] {
            moments(format.start(state, whole(state), 5)),
            moments(format.back(state, whole(state), 5)),
            format.moments(moments, 3, whole(state), 5).moments()
          }) {
        for (int i = 0; i < parameters; i++) {
          double step = crossed.values()[i] / Math.sqrt(crossed.values()[parameters + i] + 1e-30);
          assertTrue(Math.abs(step) < 1.5, format + ": a step of " + step + " instead of 1");
        }
      }
    }
  }

  private static Moments moments(CodedState state) {
    return new Moments(state.state().moments(), 3);
  }

  private static float[] drawn(int count) {
    var random = Seeds.generator(1, Seeds.Purpose.WIRE, count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static CodedState sent(CodedState state) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written(state)))) {
      return (CodedState) in.readObject();
    }
  }

  private static byte[] written(CodedState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
    }
    return bytes.toByteArray();
  }

  private static Part whole(TrainingState state) {
    return Part.whole(state.parameters().length);
  }

  /** Of one vector of moments, of two, and of none; the last part and its last block are short. */
  @ParameterizedTest
  @EnumSource
  void aPartOfACodedStateIsThePartCodedAlone(WireFormat format) throws Exception {
    int all = 2 * Part.GRAIN + 1000;
    for (int vectors = 0; vectors <= 2; vectors++) {
      TrainingState state = new TrainingState(drawn(all), drawn(vectors * all), 4);
      CodedState start = format.start(state, whole(state), 5);
      CodedState back = format.back(state, whole(state), 6);
      for (Part part : Part.cut(all, 3)) {
        TrainingState some = some(state, part);
        assertSameBytes(format.start(some, part, 5), sent(start.part(part)));
        assertSameBytes(format.back(some, part, 6), sent(back.part(part)));
      }
    }
  }

  private static void assertSameBytes(CodedState expected, CodedState found) throws IOException {
    assertArrayEquals(written(expected), written(found));
  }

  private static TrainingState some(TrainingState of, Part part) {
    int vectors = of.moments().length / part.of();
    float[] moments = new float[vectors * part.size()];
    for (int vector = 0; vector < vectors; vector++) {
      int from = vector * part.of() + part.from();
      System.arraycopy(of.moments(), from, moments, vector * part.size(), part.size());
    }
    return new TrainingState(
        Arrays.copyOfRange(of.parameters(), part.from(), part.end()), moments, of.steps());
  }
}
