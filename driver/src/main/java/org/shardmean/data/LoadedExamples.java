package org.shardmean.data;

import static java.util.Objects.requireNonNull;

/** Examples that were read from files and are held in memory. */
public record LoadedExamples(ImageSet digits) implements ExampleSource {
  public LoadedExamples {
    requireNonNull(digits, "digits");
  }

  @Override
  public int count() {
    return digits.count();
  }

  @Override
  public int height() {
    return digits.height();
  }

  @Override
  public int width() {
    return digits.width();
  }

  @Override
  public int classes() {
    return digits.classes();
  }

  @Override
  public int label(int i) {
    return digits.label(i);
  }

  @Override
  public ImageSet select(int[] indices) {
    return digits.select(indices);
  }
}
