package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.OpenBlas;
import org.shardmean.model.ParameterLayout;

/** The way for batches that are mostly background comes to what products of matrices come to. */
class SparseLayerTest {
  @Property(tries = 25)
  void comesToWhatTheDenseLayerComesTo(
      @ForAll @IntRange(min = 5, max = 70) int inputs,
      @ForAll @IntRange(min = 1, max = 40) int units,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll long seed) {
    OpenBlas.load();
    ModelSpec spec = new ModelSpec(List.of(inputs, units, 2), Activation.RELU);
    ParameterLayout layout = new ParameterLayout(spec);
    float[] parameters = draw(layout.size(), seed);
    float[] deltas = draw(count * units, seed + 1);
    Batch batch =
        TrainingExamples.batch(TrainingExamples.faintDigits(count, inputs, 10, seed), 0, count);

    SparseBatch x = new SparseBatch(count, inputs);
    assertTrue(x.read(batch));
    SparseLayer layer = new SparseLayer(layout, count);
    float[] sums = new float[count * units];
    float[] gradient = draw(layout.size(), seed + 2);
    layer.weightedSums(parameters, x, sums);
    layer.gradient(x, deltas, gradient);

    float[] expectedGradient = new float[layout.size()];
    assertArrayEquals(
        dense(layout, parameters, deltas, batch, expectedGradient), sums, 1e-6f * inputs);
    for (int i = 0; i < (inputs + 1) * units; i++) {
      assertEquals(expectedGradient[i], gradient[i], 1e-6f * count);
    }
  }

  /** What {@link DenseLayer} computes: returns the sums, writes the gradient. */
  private static float[] dense(
      ParameterLayout layout, float[] parameters, float[] deltas, Batch batch, float[] gradient) {
    int count = batch.count();
    float[] one = {1};
    try (NativeFloats nativeParameters = new NativeFloats(layout.size());
        NativeFloats nativeGradient = new NativeFloats(layout.size());
        DenseLayer layer = new DenseLayer(layout, 0, nativeParameters, nativeGradient, count);
        NativeMatrix x = NativeMatrix.allocate(count, batch.inputs());
        NativeMatrix ones = NativeMatrix.allocate(count, 1)) {
      x.putRows(count, batch.features());
      for (int row = 0; row < count; row++) {
        ones.putRow(row, one);
      }
      layer.weightedSums(parameters, x, count);
      System.arraycopy(deltas, 0, layer.delta().heap(), 0, deltas.length);
      layer.delta().copyToNative(count);
      layer.gradient(x, ones, count, gradient);
      return layer.activations().heap().clone();
    }
  }

  private static float[] draw(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] drawn = new float[length];
    for (int i = 0; i < length; i++) {
      drawn[i] = (float) (random.nextDouble() - 0.5);
    }
    return drawn;
  }

  /** A quarter of the pixels is still sparse, one more is not. */
  @Test
  void aBatchIsSparseUpToAQuarterOfInk() {
    byte[] pixels = new byte[2 * 20];
    for (int p = 0; p < 10; p++) {
      pixels[3 * p] = (byte) 200;
    }
    SparseBatch sparse = new SparseBatch(2, 20);
    assertTrue(sparse.read(batch(pixels)));
    pixels[39] = 1;
    assertFalse(sparse.read(batch(pixels)));
  }

  private static Batch batch(byte[] pixels) {
    return TrainingExamples.batch(ImageSet.of(1, 20, 5, pixels, new byte[2]), 0, 2);
  }

  @Property(tries = 100)
  void transposedTwiceIsTheSame(
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 2, max = 40) int units) {
    ParameterLayout layout =
        new ParameterLayout(new ModelSpec(List.of(inputs, units, 3), Activation.RELU));
    InputMajor order = new InputMajor(layout);
    float[] flat = draw(layout.size() + 5, inputs);
    float[] transposed = new float[layout.size()];
    order.fromLayout(flat, 5, transposed);
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < units; o++) {
        assertEquals(flat[5 + layout.weight(0, i, o)], transposed[i * units + o]);
      }
    }
    float[] back = flat.clone();
    Arrays.fill(back, 5, back.length, 0);
    order.toLayout(transposed, back, 5);
    assertArrayEquals(flat, back);
  }
}
