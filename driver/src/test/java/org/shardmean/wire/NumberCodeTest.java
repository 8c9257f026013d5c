package org.shardmean.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.data.Seeds;

/** The codes that round. */
class NumberCodeTest {
  private static final double BFLOAT16_ERROR = 0x1p-7;
  private static final double INT8_ERROR = 1 / 127.0;
  private static final double FLOAT8_ERROR = 0x1p-3;

  @Property
  void anyBitsAreCodedInTheBytesThatAreSaid(
      @ForAll int[] bits, @ForAll NumberCode code, @ForAll int seed) {
    if (code == NumberCode.FLOAT32) {
      return;
    }
    float[] values = new float[bits.length];
    boolean isFinite = true;
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
      isFinite &= Float.isFinite(values[i]);
    }
    byte[] coded = encoded(code, values, seed);
    float[] back = decoded(code, coded, values.length);

    assertEquals(code.coding().bytes(values.length), coded.length);
    assertArrayEquals(coded, encoded(code, values, seed), "the same bytes for the same seed");
    for (int i = 0; i < values.length; i++) {
      assertTrue(Float.isFinite(values[i]) || !Float.isFinite(back[i]), values[i] + " got lost");
      if (isFinite && values[i] == 0) {
        assertEquals(0, Math.abs(back[i]), "zero stays zero");
      }
    }
  }

  @Property
  void errorsAreBounded(
      @ForAll @IntRange(min = 1, max = 400) int count,
      @ForAll @IntRange(min = -60, max = 60) int exponent,
      @ForAll int seed) {
    float[] values = normal(count, seed);
    for (int i = 0; i < count; i++) {
      values[i] *= (float) Math.scalb(1.0, exponent);
    }
    float[] halves = back(NumberCode.BFLOAT16, values, seed);
    float[] integers = back(NumberCode.INT8, values, seed);
    float[] floats = back(NumberCode.FLOAT8, values, seed);
    for (int i = 0; i < count; i++) {
      float largest = 0;
      for (int j = i / 128 * 128; j < Math.min(count, (i / 128 + 1) * 128); j++) {
        largest = Math.max(largest, Math.abs(values[j]));
      }
      double size = Math.abs(values[i]);
      assertEquals(values[i], halves[i], size * BFLOAT16_ERROR);
      assertEquals(values[i], integers[i], largest * INT8_ERROR * 1.001);
      assertEquals(values[i], floats[i], Math.max(size * FLOAT8_ERROR, largest * 0x1p-14));
    }
  }

  /** Over many seeds, the mean error vanishes. */
  @ParameterizedTest
  @EnumSource(
      value = NumberCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FLOAT32"})
  void roundingIsRightOnAverage(NumberCode code) {
    float[] values = {1, -0.3f, 0.7003f, 0.0123f, -0.9999f, 0.25f};
    int draws = 40_000;
    double[] sum = new double[values.length];
    for (int seed = 0; seed < draws; seed++) {
      float[] back = back(code, values, seed);
      for (int i = 0; i < values.length; i++) {
        sum[i] += back[i];
      }
    }
    for (int i = 0; i < values.length; i++) {
      double step = Math.max(INT8_ERROR, FLOAT8_ERROR * Math.abs(values[i]));
      assertEquals(
          values[i], sum[i] / draws, 4 * step / Math.sqrt(draws), code + " of " + values[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = NumberCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FLOAT32"})
  void whatIsRoundedDependsOnSeedAndIndexAlone(NumberCode code) {
    float[] values = normal(1000, 3);
    assertFalse(Arrays.equals(encoded(code, values, 1), encoded(code, values, 2)), "another seed");
    float[] longer = Arrays.copyOf(values, 2000);
    assertArrayEquals(
        back(code, values, 1), Arrays.copyOf(back(code, longer, 1), 896 + 104), "more after it");
  }

  /** Adam divides by the root of the second moment. */
  @Property
  void aSecondMomentNeverBecomesZero(@ForAll int seed) {
    float[] values = normal(128, seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = i == 0 ? 1 : values[i] * values[i] * (float) Math.scalb(1.0, -i / 2);
    }
    float[] back = back(NumberCode.FLOAT8, values, seed);
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i] > 0, back[i] > 0, values[i] + " became " + back[i]);
      double atLeast = i < 50 ? values[i] * (1 - FLOAT8_ERROR) : 0;
      assertTrue(back[i] >= Math.min(atLeast, 0x1p-30), values[i] + " became " + back[i]);
    }
  }

  /** What has been coded once is not changed by being coded again. */
  @Property
  void whatIsRoundedAlreadyStays(@ForAll int seed, @ForAll int other) {
    float[] once = back(NumberCode.BFLOAT16, normal(300, seed), seed);
    assertArrayEquals(once, back(NumberCode.BFLOAT16, once, other));
  }

  private static float[] back(NumberCode code, float[] values, int seed) {
    return decoded(code, encoded(code, values, seed), values.length);
  }

  private static byte[] encoded(NumberCode code, float[] values, int seed) {
    byte[] coded = new byte[Math.toIntExact(code.coding().bytes(values.length))];
    code.coding().encode(values, 0, values.length, seed, 0, coded, 0);
    return coded;
  }

  private static float[] decoded(NumberCode code, byte[] coded, int count) {
    float[] values = new float[count];
    code.coding().decode(coded, 0, values, 0, count);
    return values;
  }

  private static float[] normal(int count, int seed) {
    SplittableRandom random = Seeds.generator(seed, Seeds.Purpose.WIRE);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
