package org.shardmean.data;

import java.io.Serializable;

/**
 * A numbered list of labelled images. Other programs may implement it.
 *
 * <p>Images in memory ({@link ImageSet}) live on the driver, which sends each shard to its
 * executor. Images that any machine can make ({@link GeneratedExamples}) are made where they are
 * needed, see {@link #isMadeOnDemand}. {@link SelectedExamples} are some of either.
 */
public interface ExampleSource extends Serializable {
  /** Examples that {@link #checksum} looks at, unless it can look at all of them. */
  int CHECKED = 256;

  /** How many examples, at least 1. */
  int count();

  /** Of every image, in pixels. */
  int height();

  /** Of every image, in pixels. */
  int width();

  /** Labels are 0 to {@code classes() - 1}; at most 256. */
  int classes();

  /** The label of example {@code i}, without drawing or copying its image. */
  int label(int i);

  /**
   * The examples at {@code indices}, in that order; the same bytes on every machine and every time.
   */
  ImageSet select(int[] indices);

  /**
   * Whether executors make the examples themselves: the source is then sent to them, serialized, in
   * place of the images, and must be small. If not, the driver selects each shard and sends it.
   */
  default boolean isMadeOnDemand() {
    return false;
  }

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
