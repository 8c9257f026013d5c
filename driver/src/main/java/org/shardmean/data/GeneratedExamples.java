package org.shardmean.data;

/** Digits drawn by the program: parametric pen strokes, distorted, seeded. */
public record GeneratedExamples(int count, long seed, boolean forTest) implements ExampleSource {

  @Override
  public int height() {
    return 28;
  }

  @Override
  public int width() {
    return 28;
  }

  @Override
  public int classes() {
    return 10;
  }

  @Override
  public int label(int i) {
    return i % 10;
  }

  @Override
  public Digits select(int[] indices) {
    throw new UnsupportedOperationException("being written");
  }
}
