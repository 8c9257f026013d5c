package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;

/**
 * Some of a source's examples, renumbered {@code 0 … count - 1}: a view that knows their numbers
 * and leaves the images where they are.
 */
public final class SelectedExamples implements ExampleSource {
  private static final long serialVersionUID = 1L;

  private final ExampleSource source;
  private final Selection selection;

  /**
   * The examples of {@code source} at {@code indices}, in that order.
   *
   * @param indices each of {@code 0 … source.count() - 1} at most once; copied
   * @throws IllegalArgumentException if an index is out of range or there twice
   */
  public SelectedExamples(ExampleSource source, int[] indices) {
    this(source, new Selection.Listed(indices, source.count()));
  }

  SelectedExamples(ExampleSource source, Selection selection) {
    this.source = requireNonNull(source, "source");
    this.selection = requireNonNull(selection, "selection");
  }

  /** What the examples are selected from. */
  public ExampleSource source() {
    return source;
  }

  @Override
  public int count() {
    return selection.count();
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
    return source.label(selection.at(i));
  }

  @Override
  public Examples select(int[] wanted) {
    return source.select(inSource(wanted));
  }

  @Override
  public Iterator<Examples> selectEach(Iterator<int[]> selections) {
    return source.selectEach(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return selections.hasNext();
          }

          @Override
          public int[] next() {
            return inSource(selections.next());
          }
        });
  }

  private int[] inSource(int[] wanted) {
    int[] inSource = new int[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      inSource[i] = selection.at(wanted[i]);
    }
    return inSource;
  }

  /** Of two parts of a source, the smaller one is gone through. */
  @Override
  public long[] countsPerClass() {
    Selection others = selection.others().orElse(selection);
    if (others.count() >= count()) {
      return ExampleSource.super.countsPerClass();
    }
    long[] counts = source.countsPerClass();
    long[] less = new SelectedExamples(source, others).countsPerClass();
    for (int c = 0; c < counts.length; c++) {
      counts[c] -= less[c];
    }
    return counts;
  }

  /** The numbers of all examples in the source, in order; a copy. */
  int[] numbers() {
    return selection.toArray();
  }

  /** At most what all of the source's take. */
  @Override
  public long mostBytes() {
    return Math.min(ExampleSource.super.mostBytes(), source.mostBytes());
  }

  @Override
  public boolean isMadeOnDemand() {
    return source.isMadeOnDemand();
  }

  @Override
  public String toString() {
    return count() + " of " + source.count() + " examples";
  }
}
