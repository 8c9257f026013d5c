package org.shardmean.model;

/**
 * Where each layer's weights and biases stand in the flat parameter vector. It is DL4J's own order:
 * layer by layer, first the weights, then the biases.
 *
 * <p>Layer {@code l} of {@code weightLayers} has {@code inputs(l) × outputs(l)} weights, stored
 * column-major: the weights into unit {@code o} are contiguous, the one from input {@code i} stands
 * at {@code weights(l) + o * inputs(l) + i}. Seen the other way, it is a row-major matrix whose
 * rows are units and whose columns are inputs.
 */
public final class ParameterLayout {
  private final int[] units;
  private final int[] weightOffsets;
  private final int size;

  public ParameterLayout(ModelSpec spec) {
    units = spec.layers().stream().mapToInt(Integer::intValue).toArray();
    weightOffsets = new int[units.length - 1];
    int at = 0;
    for (int l = 0; l < weightOffsets.length; l++) {
      weightOffsets[l] = at;
      at += (units[l] + 1) * units[l + 1];
    }
    size = at;
  }

  public int layers() {
    return weightOffsets.length;
  }

  /** Length of the flat vector. */
  public int size() {
    return size;
  }

  public int inputs(int layer) {
    return units[layer];
  }

  public int outputs(int layer) {
    return units[layer + 1];
  }

  /** Offset of the first weight of {@code layer}. */
  public int weights(int layer) {
    return weightOffsets[layer];
  }

  /** Offset of the first bias of {@code layer}. */
  public int biases(int layer) {
    return weightOffsets[layer] + units[layer] * units[layer + 1];
  }

  /** Offset of the weight from input {@code from} into unit {@code to} of {@code layer}. */
  public int weight(int layer, int from, int to) {
    return weightOffsets[layer] + to * units[layer] + from;
  }
}
