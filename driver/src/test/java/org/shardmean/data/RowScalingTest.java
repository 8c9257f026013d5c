package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RowScalingTest {
  private static final float[][] ROWS = {
    {1, 0, 7, 0}, {2, 0, 7, 0}, {3, 4, 7, 0}, {6, 0, 7, 0}, {8, -3, 7, 0}
  };

  private static float[][] features(RowSet rows) {
    float[][] features = new float[rows.count()][rows.width()];
    for (int i = 0; i < features.length; i++) {
      rows.copyFeatures(i, features[i], 0);
    }
    return features;
  }

  @Test
  void aColumnGetsMeanZeroAndDeviationOneAndASparseOneKeepsItsZeros() {
    RowSet rows = RowSet.labelled(ROWS, new int[] {0, 1, 0, 1, 1}, 2);
    RowScaling scaling = RowScaling.standard(rows);
    float[][] scaled = features(scaling.apply(rows));

    double deviation = Math.sqrt((9 + 4 + 1 + 4 + 16) / 5.0);
    double rootMeanSquare = Math.sqrt((16 + 9) / 2.0);
    for (int i = 0; i < 5; i++) {
      assertEquals((ROWS[i][0] - 4) / deviation, scaled[i][0], 1e-6);
      assertEquals(ROWS[i][1] / rootMeanSquare, scaled[i][1], 1e-6);
      assertEquals(0, scaled[i][2], "all equal");
      assertEquals(0, scaled[i][3], "all zero");
    }
    assertEquals(0, scaling.scaled(2, 1e30f), "of a column of equal numbers nothing was learned");
    assertEquals(1, scaling.apply(rows).label(1));
  }

  @Test
  void targetsComeBackAndWeightsStay() {
    RowSet.Shape shape = RowSet.Shape.withTargets(1, 2).weighted();
    float[][] numbers = {{1, 10, 5, 0.5f}, {2, 0, 5, 2}, {3, 0, 5, 0}};
    RowSet rows =
        RowSet.write(
            shape,
            3,
            (i, into, at) -> {
              System.arraycopy(numbers[i], 0, into, at, 4);
              return 0;
            });
    RowScaling scaling = RowScaling.standard(rows);
    RowSet scaled = scaling.apply(rows);
    float[] targets = new float[2];
    for (int i = 0; i < 3; i++) {
      scaled.copyTargets(i, targets, 0);
      assertEquals(numbers[i][1], scaling.unscaled(1, targets[0]), 1e-5);
      assertEquals(5, scaling.unscaled(2, targets[1]));
      assertEquals(numbers[i][3], scaled.weight(i));
    }
    scaled.copyTargets(1, targets, 0);
    assertEquals(-1 / Math.sqrt(2), targets[0], 1e-6, "a target that is mostly 0 is shifted, too");

    RowScaling targetsAlone = scaling.withFeaturesAsTheyAre(1);
    assertArrayEquals(new float[][] {{1}, {2}, {3}}, features(targetsAlone.apply(rows)));
    assertEquals(scaling.unscaled(1, 3), targetsAlone.unscaled(1, 3));
  }

  @Test
  void theUnitIntervalGoesFromTheLeastToTheGreatest() {
    RowSet rows = RowSet.labelled(ROWS, new int[5], 1);
    float[][] scaled = features(RowScaling.toUnitInterval(rows).apply(rows));
    assertEquals(0, scaled[0][0]);
    assertEquals(1, scaled[4][0]);
    assertEquals(0, scaled[4][1]);
    assertEquals(3 / 7f, scaled[0][1], 1e-6);
  }

  @Test
  void noneChangesNothing() {
    RowSet rows = RowSet.labelled(ROWS, new int[5], 1);
    assertEquals(rows, RowScaling.none(rows.shape()).apply(rows));
  }

  @Test
  void numbersAtTheEdgesOfFloatsStayFinite() {
    float[][] extreme = {{Float.MAX_VALUE, Float.MIN_VALUE}, {-Float.MAX_VALUE, 0}};
    RowSet rows = RowSet.labelled(extreme, new int[2], 1);
    for (RowScaling scaling :
        new RowScaling[] {RowScaling.standard(rows), RowScaling.toUnitInterval(rows)}) {
      for (float[] row : features(scaling.apply(rows))) {
        assertEquals(0, row[0], 1.001);
        assertEquals(0, row[1], 1.001);
      }
      assertEquals(Float.MAX_VALUE, scaling.scaled(1, Float.MAX_VALUE));
    }
  }

  @Test
  void manyAtOnceAreScaledAsEachAlone() {
    RowScaling scaling =
        new RowScaling(new double[] {0.1, 0, -7e8, 3}, new double[] {1 / 3.0, 1e30, 2, 0});
    Random random = new Random(5);
    float[] scaled = new float[4];
    for (int i = 0; i < 1_000; i++) {
      double[] numbers = random.doubles(4, -9, 9).toArray();
      numbers[i % 4] = i % 3 == 0 ? -0.0 : numbers[i % 4];
      assertTrue(scaling.scaleInto(numbers, scaled));
      for (int n = 0; n < 4; n++) {
        assertEquals(scaling.scaled(n, (float) numbers[n]), scaled[n]);
      }
    }
    double negativeNan = Double.longBitsToDouble(0xfff8000000000000L);
    for (double other :
        new double[] {1e300, -1e300, Double.NaN, negativeNan, Math.sqrt(-1 - scaled[0]), 1 / 0.0}) {
      for (int n = 0; n < 4; n++) {
        double[] numbers = {1, 1, 1, 1};
        numbers[n] = other;
        assertFalse(scaling.scaleInto(numbers, scaled), other + " at " + n);
      }
    }
    assertFalse(scaling.scaleInto(new double[] {1, 1e9, 1, 1}, scaled), "too large when scaled");
    assertTrue(scaling.scaleInto(new double[] {1e9, 1, 1e9, 1e9}, scaled));
  }

  /** One-hot columns make a table sparse; a number beside them is centred all the same. */
  @Test
  void inASparseTableAColumnWithFewZerosIsCentred() {
    float[][] table = new float[40][10];
    for (int i = 0; i < 40; i++) {
      table[i][2 + i % 8] = 1;
      table[i][0] = i == 7 ? 0 : 2005 + i % 3;
      table[i][1] = i % 4 == 0 ? 0 : 3 + i % 5;
    }
    RowScaling scaling = RowScaling.standard(RowSet.labelled(table, new int[40], 1));
    assertEquals(0, scaling.shifts()[2]);
    assertEquals(1955.85, scaling.shifts()[0], 1);
    assertEquals(0, scaling.shifts()[1], "a quarter of its rows are 0");

    float[][] dense = new float[40][2];
    for (int i = 0; i < 40; i++) {
      dense[i][0] = i;
      dense[i][1] = i % 4 == 0 ? 0 : 3 + i % 5;
    }
    RowScaling centred = RowScaling.standard(RowSet.labelled(dense, new int[40], 1));
    assertTrue(centred.shifts()[1] > 0, "a dense table");
  }

  /** A sparse table with one column in which zeros move: all numbers are what they are alone. */
  @Test
  void rowsWithoutTheirZerosAreScaledAsOthers() {
    Random random = new Random(3);
    float[][] table = new float[200][50];
    for (float[] row : table) {
      row[3] = random.nextInt(20) == 0 ? 0 : 5 + random.nextFloat();
      row[random.nextInt(50)] = 1 + random.nextFloat();
      row[49] = 2; // All equal.
    }
    RowSet rows = RowSet.labelled(table, new int[200], 1);
    RowScaling scaling = RowScaling.standard(rows);
    double[] sums = new double[2];
    for (float[] row : table) {
      sums[0] += row[3] / 200.0;
    }
    for (float[] row : table) {
      sums[1] += (row[3] - sums[0]) * (row[3] - sums[0]) / 200;
    }
    assertEquals(sums[0], scaling.shifts()[3], 1e-9);
    assertEquals(1 / Math.sqrt(sums[1]), scaling.scales()[3], 1e-9);
    assertEquals(0, scaling.shifts()[0]);
    assertEquals(2, scaling.shifts()[49]);
    assertEquals(0, scaling.scales()[49]);
    RowSet scaled = scaling.apply(rows);
    assertTrue(rows.numbers().isSparse(0) && scaled.numbers().isSparse(0));
    float[][] found = features(scaled);
    for (int r = 0; r < 200; r++) {
      for (int i = 0; i < 50; i++) {
        assertEquals(scaling.scaled(i, table[r][i]), found[r][i]);
      }
    }
    double[] shifts = new double[50];
    java.util.Arrays.fill(shifts, 1);
    RowSet moved = new RowScaling(shifts, scaling.scales()).apply(rows);
    assertFalse(moved.numbers().isSparse(0), "all zeros move");
  }

  @Test
  void whatIsNoScalingIsRefused() {
    double[] one = {1};
    assertThrows(IllegalArgumentException.class, () -> new RowScaling(one, new double[2]));
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new RowScaling(one, new double[] {bad}));
      assertThrows(IllegalArgumentException.class, () -> new RowScaling(new double[] {bad}, one));
    }
    assertThrows(IllegalArgumentException.class, () -> new RowScaling(one, new double[] {-1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RowScaling(one, one).apply(RowSet.labelled(ROWS, new int[5], 1)));
  }
}
