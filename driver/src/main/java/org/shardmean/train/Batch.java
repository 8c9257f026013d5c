package org.shardmean.train;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.shardmean.data.Examples;
import org.shardmean.data.ImageSet;
import org.shardmean.data.RowSet;
import org.shardmean.model.ModelSpec;

/**
 * A minibatch: its examples, gathered from a shard, with their labels or targets. One batch is made
 * for each worker and filled again for every step, with images or with rows.
 *
 * <p>Images are gathered as packed bytes. Engines see their pixels as floats from 0 to 1, widened
 * row by row into memory of their own ({@link #widenRow}) or all at once ({@link #features}). Rows
 * are floats from the start; where all are sparse, they are gathered without their zeros.
 */
public final class Batch {
  /** Pixels that are widened at a time, and passed over together when all are background. */
  private static final int GROUP = Long.BYTES;

  private static final VarHandle GROUPS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What the examples in the batch are gathered as. */
  private enum Form {
    IMAGES,
    ROWS,
    SPARSE_ROWS
  }

  private final int inputs;
  private final int capacity;
  private final int[] labels;
  private final int outputs;
  private final float[] targets;
  private final float[] widened = new float[256];
  private final SparseRows sparse;
  private float[] features;
  private float[] weights;
  private byte[] pixels;
  private Form form = Form.IMAGES;
  private boolean isWeighted;
  private int count;

  /**
   * An empty batch with labels and no targets.
   *
   * @param capacity the most examples it will hold
   * @param inputs pixels or features of an example
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
    this.capacity = capacity;
    this.labels = new int[capacity];
    this.outputs = outputs;
    this.targets = new float[Math.multiplyExact(capacity, outputs)];
    this.sparse = new SparseRows(capacity, inputs);
  }

  /**
   * Takes the examples {@code order[from] … order[from + count - 1]} of a shard.
   *
   * @throws IllegalArgumentException if they are not of {@link #inputs()} pixels or features, or
   *     have other targets than the network
   */
  public void fill(Examples shard, int[] order, int from, int count) {
    fill(shard, order, from, count, 0, 0);
  }

  /**
   * As {@link #fill(Examples, int[], int, int)}, with input dropout: inputs are set to zero by
   * chance, and the others scaled up to keep the mean.
   *
   * @param dropout the chance of each input, 0 up to 1, in steps of 1/65536
   * @param maskSeed which inputs: a function of this seed, the row and the column alone
   */
  public void fill(
      Examples shard, int[] order, int from, int count, double dropout, long maskSeed) {
    if (shard.height() * shard.width() != inputs) {
      throw new IllegalArgumentException(
          "examples must be of %d inputs, found %d"
              .formatted(inputs, shard.height() * shard.width()));
    }
    this.count = count;
    if (shard instanceof ImageSet images) {
      fillPixels(images, order, from, dropout, maskSeed);
    } else if (shard instanceof RowSet rows) {
      fillFeatures(rows, order, from, dropout, maskSeed);
    }
  }

  private void fillPixels(ImageSet images, int[] order, int from, double dropout, long maskSeed) {
    form = Form.IMAGES;
    isWeighted = false;
    if (pixels == null) {
      pixels = new byte[Math.multiplyExact(capacity, inputs)];
    }
    gather(images, order, from);
    if (outputs > 0) {
      takeTargetsFromPixels();
    }
    if (dropout > 0) {
      InputMask.applyInPlace(pixels, count * inputs, dropout, maskSeed);
    }
    scalePixelsBy(1 / (1 - dropout));
  }

  /** Copies all rows before any is widened, so that the waits for memory overlap. */
  private void gather(ImageSet images, int[] order, int from) {
    for (int row = 0; row < count; row++) {
      int example = order[from + row];
      images.copyPixels(example, pixels, row * inputs);
      labels[row] = images.label(example);
    }
  }

  /**
   * Images have no targets of their own: their target is the image itself, as it is before input
   * dropout (Vincent et al., "Extracting and Composing Robust Features with Denoising
   * Autoencoders", 2008).
   */
  private void takeTargetsFromPixels() {
    requireOutputs(inputs);
    scalePixelsBy(1);
    for (int row = 0; row < count; row++) {
      widenPixelsInto(row, targets, row * inputs);
    }
  }

  private void fillFeatures(RowSet rows, int[] order, int from, double dropout, long maskSeed) {
    isWeighted = rows.shape().isWeighted();
    for (int row = 0; row < count; row++) {
      labels[row] = rows.label(order[from + row]);
    }
    gather(rows, order, from);
    if (outputs > 0) {
      takeTargets(rows, order, from);
    }
    if (isWeighted) {
      takeWeights(rows, order, from);
    }
    if (dropout > 0 && form == Form.SPARSE_ROWS) {
      sparse.maskInPlace(count, dropout, maskSeed);
    } else if (dropout > 0) {
      InputMask.applyInPlace(features, count * inputs, dropout, maskSeed);
    }
  }

  private void gather(RowSet rows, int[] order, int from) {
    if (sparse.take(rows, order, from, count)) {
      form = Form.SPARSE_ROWS;
      return;
    }
    form = Form.ROWS;
    makeRoomForFeatures();
    for (int row = 0; row < count; row++) {
      rows.copyFeatures(order[from + row], features, row * inputs);
    }
  }

  /** As of images: rows without targets are their own. */
  private void takeTargets(RowSet rows, int[] order, int from) {
    if (rows.targets() == 0) {
      requireOutputs(inputs);
      for (int row = 0; row < count; row++) {
        widenInto(row, targets, row * inputs);
      }
      return;
    }
    requireOutputs(rows.targets());
    for (int row = 0; row < count; row++) {
      rows.copyTargets(order[from + row], targets, row * outputs);
    }
  }

  private void takeWeights(RowSet rows, int[] order, int from) {
    if (weights == null) {
      weights = new float[capacity];
    }
    for (int row = 0; row < count; row++) {
      weights[row] = rows.weight(order[from + row]);
    }
  }

  private void requireOutputs(int expected) {
    if (outputs != expected) {
      throw new IllegalArgumentException(
          "examples have %d targets, or as many of their own inputs, found a network of %d outputs"
              .formatted(expected, outputs));
    }
  }

  private void makeRoomForFeatures() {
    if (features == null) {
      features = new float[Math.multiplyExact(capacity, inputs)];
    }
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
   * The inputs of one example; pixels are widened to floats, {@code pixel / 255}.
   *
   * @param into its first {@link #inputs()} floats are written
   */
  public void widenRow(int row, float[] into) {
    widenInto(row, into, 0);
  }

  private void widenInto(int row, float[] into, int at) {
    switch (form) {
      case IMAGES -> widenPixelsInto(row, into, at);
      case ROWS -> System.arraycopy(features, row * inputs, into, at, inputs);
      case SPARSE_ROWS -> sparse.copyInto(row, into, at);
    }
  }

  private void widenPixelsInto(int row, float[] into, int at) {
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

  /** How many inputs of one example may be other than zero. */
  int mostInk(int row) {
    return form == Form.SPARSE_ROWS ? sparse.nonZeros(row) : inputs;
  }

  /**
   * Appends the inputs of one example that are not zero, such as pixels that are not background.
   *
   * @param inputs receives their inputs, from {@code at} on, in order; one more is written over
   * @param values receives their floats, as {@link #widenRow} has them; likewise
   * @return where the next example's begin
   */
  int ink(int row, int[] inputs, float[] values, int at) {
    if (form == Form.SPARSE_ROWS) {
      return sparse.append(row, inputs, values, at);
    }
    int first = row * this.inputs;
    if (form == Form.ROWS) {
      return otherThanZero(first, inputs, values, at);
    }
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

  /** Passes over a group of zeros together; the sign of a zero counts for nothing. */
  private int otherThanZero(int first, int[] inputs, float[] values, int at) {
    int grouped = this.inputs - this.inputs % GROUP;
    int end = at;
    for (int i = 0; i < grouped; i += GROUP) {
      if (hasOtherThanZero(first + i)) {
        end = otherThanZero(first, i, i + GROUP, inputs, values, end);
      }
    }
    return otherThanZero(first, grouped, this.inputs, inputs, values, end);
  }

  /** Written out, because the compiler does not unroll it. */
  private boolean hasOtherThanZero(int i) {
    return features[i] != 0
        || features[i + 1] != 0
        || features[i + 2] != 0
        || features[i + 3] != 0
        || features[i + 4] != 0
        || features[i + 5] != 0
        || features[i + 6] != 0
        || features[i + 7] != 0;
  }

  private int otherThanZero(int first, int start, int stop, int[] inputs, float[] values, int at) {
    int end = at;
    for (int i = start; i < stop; i++) {
      inputs[end] = i;
      values[end] = features[first + i];
      end += features[first + i] == 0 ? 0 : 1;
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
   * The features, in an array that is used again; pixels and sparse rows are widened to it now. At
   * least {@code count * inputs} floats, row-major, rows are the examples, columns their inputs.
   */
  public float[] features() {
    makeRoomForFeatures();
    for (int row = 0; form != Form.ROWS && row < count; row++) {
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

  /** Whether its examples have weights; if not, each counts as one. */
  public boolean isWeighted() {
    return isWeighted;
  }

  /**
   * By how much each row's gradient counts, a view: the batch's loss is the sum of weight times
   * loss, over the number of examples. Only where {@link #isWeighted}.
   */
  public float[] weights() {
    return weights;
  }
}
