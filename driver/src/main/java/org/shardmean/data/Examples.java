package org.shardmean.data;

/**
 * Numbered examples in memory, packed: what a shard is. {@link ImageSet} holds bytes that are read
 * as numbers from 0 to 1, {@link RowSet} holds float32 numbers as they are.
 */
public sealed interface Examples extends ExampleSource permits ImageSet, RowSet {

  /**
   * These, where only images will do.
   *
   * @throws IllegalArgumentException if they are rows
   */
  default ImageSet images() {
    if (this instanceof ImageSet images) {
      return images;
    }
    throw new IllegalArgumentException("expected images, found " + this);
  }
}
