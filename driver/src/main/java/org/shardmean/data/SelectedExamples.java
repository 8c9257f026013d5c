package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/**
 * Some of a source's examples, renumbered {@code 0 … count - 1}: a view that holds their numbers
 * and leaves the images where they are.
 */
public final class SelectedExamples implements ExampleSource {
  private static final long serialVersionUID = 1L;

  private final ExampleSource source;
  private final int[] indices;

  /**
   * The examples of {@code source} at {@code indices}, in that order.
   *
   * @param indices each of {@code 0 … source.count() - 1} at most once; copied
   * @throws IllegalArgumentException if an index is out of range or there twice
   */
  public SelectedExamples(ExampleSource source, int[] indices) {
    this.source = requireNonNull(source, "source");
    this.indices = indices.clone();
    requireEachOnce(this.indices, source.count());
  }

  /** What the examples are selected from. */
  public ExampleSource source() {
    return source;
  }

  @Override
  public int count() {
    return indices.length;
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int classes() {
    return source.classes();
  }

  @Override
  public int targets() {
    return source.targets();
  }

  @Override
  public int label(int i) {
    return source.label(indices[i]);
  }

  @Override
  public Examples select(int[] wanted) {
    int[] inSource = new int[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      inSource[i] = indices[wanted[i]];
    }
    return source.select(inSource);
  }

  @Override
  public boolean isMadeOnDemand() {
    return source.isMadeOnDemand();
  }

  @Override
  public String toString() {
    return count() + " of " + source.count() + " examples";
  }

  private static void requireEachOnce(int[] indices, int count) {
    BitSet seen = new BitSet(count);
    for (int index : indices) {
      if (index < 0 || index >= count) {
        throw new IllegalArgumentException(
            "index must be 0 to %d, found %d".formatted(count - 1, index));
      }
      if (seen.get(index)) {
        throw new IllegalArgumentException("index " + index + " is there twice");
      }
      seen.set(index);
    }
  }
}
