package org.shardmean.train;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.shardmean.data.ImageSet;
import org.shardmean.model.ModelSpec;

/**
 * A minibatch: the packed bytes of its examples, gathered from a shard, and their labels. One batch
 * is made for each worker and filled again for every step.
 *
 * <p>Engines see pixels as floats from 0 to 1, widened row by row into memory of their own ({@link
 * #widenRow}) or all at once ({@link #features}).
 */
public final class Batch {
  /** Pixels that are widened at a time, and passed over together when all are background. */
  private static final int GROUP = Long.BYTES;

  private static final VarHandle GROUPS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int inputs;
  private final byte[] pixels;
  private final int[] labels;
  private final int outputs;
  private final float[] targets;
  private final float[] widened = new float[256];
  private float[] features;
  private int count;

  /**
   * An empty batch with labels and no targets.
   *
   * @param capacity the most examples it will hold
   * @param inputs pixels of an example
   */
  public Batch(int capacity, int inputs) {
    this(capacity, inputs, 0);
  }

  /**
   * An empty batch of what a network is trained on: for a classifier labels, for others targets
   * too.
   *
   * @param capacity the most examples it will hold
   */
  public Batch(int capacity, ModelSpec spec) {
    this(capacity, spec.inputs(), spec.isClassifier() ? 0 : spec.outputs());
  }

  private Batch(int capacity, int inputs, int outputs) {
    this.inputs = inputs;
    this.pixels = new byte[Math.multiplyExact(capacity, inputs)];
    this.labels = new int[capacity];
    this.outputs = outputs;
    this.targets = new float[Math.multiplyExact(capacity, outputs)];
  }

  /**
   * Takes the examples {@code order[from] … order[from + count - 1]} of {@code digits}.
   *
   * @throws IllegalArgumentException if its images are not of {@link #inputs()} pixels
   */
  public void fill(ImageSet digits, int[] order, int from, int count) {
    gather(digits, order, from, count);
    scalePixelsBy(1);
  }

  /**
   * As {@link #fill(ImageSet, int[], int, int)}, with input dropout: pixels are set to zero by
   * chance, and the others scaled up to keep the mean.
   *
   * @param dropout the chance of each pixel, 0 up to 1, in steps of 1/65536
   * @param maskSeed which pixels: a function of this seed, the row and the column alone
   */
  public void fill(
      ImageSet digits, int[] order, int from, int count, double dropout, long maskSeed) {
    gather(digits, order, from, count);
    if (dropout > 0) {
      PixelMask.applyInPlace(pixels, count * inputs, dropout, maskSeed);
    }
    scalePixelsBy(1 / (1 - dropout));
  }

  /**
   * Images have no targets of their own: their target is the image itself, as it is before input
   * dropout (Vincent et al., "Extracting and Composing Robust Features with Denoising
   * Autoencoders", 2008).
   */
  private void takeTargets() {
    if (outputs == 0) {
      return;
    }
    if (outputs != inputs) {
      throw new IllegalArgumentException(
          "examples without targets are their own, expected a network of %d outputs, found %d"
              .formatted(inputs, outputs));
    }
    scalePixelsBy(1);
    for (int row = 0; row < count; row++) {
      widenInto(row, targets, row * inputs);
    }
  }

  /** Copies all rows before any is widened, so that the waits for memory overlap. */
  private void gather(ImageSet digits, int[] order, int from, int count) {
    if (digits.pixels() != inputs) {
      throw new IllegalArgumentException(
          "images must be of %d pixels, found %d".formatted(inputs, digits.pixels()));
    }
    for (int row = 0; row < count; row++) {
      int example = order[from + row];
      digits.copyPixels(example, pixels, row * inputs);
      labels[row] = digits.label(example);
    }
    this.count = count;
    takeTargets();
  }

  private void scalePixelsBy(double scale) {
    float unit = (float) (scale / 255);
    for (int pixel = 0; pixel < widened.length; pixel++) {
      widened[pixel] = pixel * unit;
    }
  }

  /** Examples in the batch now. */
  public int count() {
    return count;
  }

  /** Columns of {@link #features()}. */
  public int inputs() {
    return inputs;
  }

  /**
   * Widens the pixels of one example to floats, {@code pixel / 255}.
   *
   * @param into its first {@link #inputs()} floats are written
   */
  public void widenRow(int row, float[] into) {
    widenInto(row, into, 0);
  }

  private void widenInto(int row, float[] into, int at) {
    int first = row * inputs;
    int grouped = inputs - inputs % GROUP;
    Arrays.fill(into, at, at + inputs, 0f);
    for (int p = 0; p < grouped; p += GROUP) {
      if ((long) GROUPS.get(pixels, first + p) != 0) {
        widenGroup(first + p, into, at + p);
      }
    }
    for (int p = grouped; p < inputs; p++) {
      into[at + p] = widened[pixels[first + p] & 0xff];
    }
  }

  /** Written out, because the compiler does not unroll it. */
  private void widenGroup(int p, float[] into, int at) {
    into[at] = widened[pixels[p] & 0xff];
    into[at + 1] = widened[pixels[p + 1] & 0xff];
    into[at + 2] = widened[pixels[p + 2] & 0xff];
    into[at + 3] = widened[pixels[p + 3] & 0xff];
    into[at + 4] = widened[pixels[p + 4] & 0xff];
    into[at + 5] = widened[pixels[p + 5] & 0xff];
    into[at + 6] = widened[pixels[p + 6] & 0xff];
    into[at + 7] = widened[pixels[p + 7] & 0xff];
  }

  /**
   * Appends the pixels of one example that are not background.
   *
   * @param inputs receives their inputs, from {@code at} on, in order; one more is written over
   * @param values receives their floats, as {@link #widenRow} has them; likewise
   * @return where the next example's begin
   */
  int ink(int row, int[] inputs, float[] values, int at) {
    int first = row * this.inputs;
    int grouped = this.inputs - this.inputs % GROUP;
    int end = at;
    for (int p = 0; p < grouped; p += GROUP) {
      if ((long) GROUPS.get(pixels, first + p) != 0) {
        end = inkOfGroup(first, p, inputs, values, end);
      }
    }
    for (int p = grouped; p < this.inputs; p++) {
      end = inkAt(first, p, inputs, values, end);
    }
    return end;
  }

  /** Written out, because the compiler does not unroll it. */
  private int inkOfGroup(int first, int p, int[] inputs, float[] values, int at) {
    int end = inkAt(first, p, inputs, values, at);
    end = inkAt(first, p + 1, inputs, values, end);
    end = inkAt(first, p + 2, inputs, values, end);
    end = inkAt(first, p + 3, inputs, values, end);
    end = inkAt(first, p + 4, inputs, values, end);
    end = inkAt(first, p + 5, inputs, values, end);
    end = inkAt(first, p + 6, inputs, values, end);
    return inkAt(first, p + 7, inputs, values, end);
  }

  /** Without a branch on the pixel, which the processor could not foresee. */
  private int inkAt(int first, int p, int[] inputs, float[] values, int at) {
    int pixel = pixels[first + p] & 0xff;
    inputs[at] = p;
    values[at] = widened[pixel];
    return at + ((pixel + 0xff) >> 8);
  }

  /**
   * The features, widened now into an array that is used again: at least {@code count * inputs}
   * floats, row-major, rows are the examples, columns their pixels.
   */
  public float[] features() {
    if (features == null) {
      features = new float[pixels.length];
    }
    for (int row = 0; row < count; row++) {
      widenInto(row, features, row * inputs);
    }
    return features;
  }

  /** The label of each row, a view: at least {@code count} numbers. */
  public int[] labels() {
    return labels;
  }

  /**
   * What each output should be, a view: row-major, rows are the examples, columns the network's
   * outputs. Empty for a classifier.
   */
  public float[] targets() {
    return targets;
  }
}
