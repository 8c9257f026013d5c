package org.shardmean.data;

import java.io.Serializable;
import java.util.Iterator;

/**
 * A numbered list of examples: labelled images, or rows of numbers. Other programs may implement
 * it.
 *
 * <p>Examples in memory ({@link ImageSet}, {@link RowSet}) live on the driver, which sends each
 * shard to its executor. Images that any machine can make ({@link GeneratedExamples}) are made
 * where they are needed, see {@link #isMadeOnDemand}. {@link SelectedExamples} are some of either.
 */
public interface ExampleSource extends Serializable {
  /** Examples that {@link #checksum} looks at, unless it can look at all of them. */
  int CHECKED = 256;

  /** How many examples, at least 1. */
  int count();

  /** Of every image, in pixels; of rows 1. */
  int height();

  /** Of every image, in pixels; of rows the features. */
  int width();

  /** Labels are 0 to {@code classes() - 1}; of images there are at most 256. */
  int classes();

  /** Targets of an example, for regression; 0 where it has none. */
  default int targets() {
    return 0;
  }

  /** The label of example {@code i}, without drawing or copying it. */
  int label(int i);

  /** Examples of each class, a new array of {@link #classes()} counts. */
  default long[] countsPerClass() {
    long[] counts = new long[classes()];
    for (int i = 0; i < count(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /**
   * The examples at {@code indices}, in that order; the same bytes on every machine and every time.
   */
  Examples select(int[] indices);

  /**
   * What all examples take in memory at most, in bytes: every feature and target as a float32, a
   * label and a weight. Images take a quarter, rows that are mostly zeros less.
   */
  default long mostBytes() {
    long numbers = (long) height() * width() + targets() + 2;
    return count() * numbers * Float.BYTES;
  }

  /**
   * Several selections, each as {@link #select} gives it. A source that reads files may read some
   * of them together.
   *
   * @return in their order, each made when it is asked for
   */
  default Iterator<Examples> selectEach(Iterator<int[]> selections) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return selections.hasNext();
      }

      @Override
      public Examples next() {
        return select(selections.next());
      }
    };
  }

  /**
   * Whether executors make or read the examples themselves: the source is then sent to them,
   * serialized, in place of the images, and must be small. If not, the driver selects each shard
   * and sends it.
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
