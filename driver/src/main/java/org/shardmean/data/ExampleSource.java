package org.shardmean.data;

import java.io.Serializable;

/**
 * A list of labelled images, known by number: all that sharding needs to know of them, and a way to
 * get at any of them.
 *
 * <p>Loaded images ({@link LoadedExamples}) live on the driver, which hands each shard to its
 * executor; generated ones ({@link GeneratedExamples}) are drawn where they are needed; {@link
 * SelectedExamples} are some of either.
 */
public sealed interface ExampleSource extends Serializable
    permits LoadedExamples, GeneratedExamples, SelectedExamples {
  /** Examples that {@link #checksum} looks at, unless it can look at all of them. */
  int CHECKED = 256;

  int count();

  int height();

  int width();

  int classes();

  /** The label of example {@code i}, without drawing or copying its image. */
  int label(int i);

  /** The examples at {@code indices}, in that order; the same on every machine. */
  ImageSet select(int[] indices);

  /**
   * Tells two sources apart: CRC-32C of size and examples, of {@value #CHECKED} examples spread
   * evenly where drawing or fetching all would take long.
   */
  default int checksum() {
    int checked = Math.min(CHECKED, count());
    int[] spread = new int[checked];
    for (int i = 0; i < checked; i++) {
      spread[i] = (int) ((long) i * count() / checked);
    }
    return 31 * select(spread).checksum() + count();
  }
}
