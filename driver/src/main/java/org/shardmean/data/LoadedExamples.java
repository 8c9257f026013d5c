package org.shardmean.data;

import static java.util.Objects.requireNonNull;

/** Examples that were read from files and are held in memory. */
public record LoadedExamples(ImageSet images) implements ExampleSource {
  public LoadedExamples {
    requireNonNull(images, "images");
  }

  @Override
  public int count() {
    return images.count();
  }

  @Override
  public int height() {
    return images.height();
  }

  @Override
  public int width() {
    return images.width();
  }

  @Override
  public int classes() {
    return images.classes();
  }

  @Override
  public int label(int i) {
    return images.label(i);
  }

  @Override
  public ImageSet select(int[] indices) {
    return images.select(indices);
  }

  @Override
  public int checksum() {
    return images.checksum();
  }
}
