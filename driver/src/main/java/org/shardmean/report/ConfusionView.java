package org.shardmean.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.run.EpochRecord;

/**
 * The epochs' confusion matrices for the page's script, which moves through them. So that a page
 * stays small, some epochs are left out where there are many, never the first, the last or the one
 * whose model was saved.
 *
 * @param epochs those that the script can show, in order
 * @param saved which of them belongs to the saved model
 */
record ConfusionView(List<EpochRecord> epochs, EpochRecord saved) {
  /** With more classes the matrix is an image, else a table. */
  static final int MOST_CLASSES_IN_A_TABLE = 30;

  /** Cells above zero of all epochs together; each takes about seven bytes. */
  private static final int MOST_CELLS = 120_000;

  ConfusionView {
    epochs = List.copyOf(epochs);
  }

  static ConfusionView of(List<EpochRecord> all, EpochRecord saved) {
    long largest = 1;
    for (EpochRecord epoch : all) {
      largest = Math.max(largest, cells(epoch.validation().confusion()));
    }
    int most = (int) Math.max(1, MOST_CELLS / largest);
    List<EpochRecord> some = new ArrayList<>();
    for (int e = 0; e < all.size(); e++) {
      boolean isNext = all.size() <= most || isNext(e, all.size(), most);
      if (isNext || all.get(e).epoch() == saved.epoch() || e == 0 || e == all.size() - 1) {
        some.add(all.get(e));
      }
    }
    return new ConfusionView(some, saved);
  }

  boolean isTable() {
    return saved.validation().confusion().classes() <= MOST_CLASSES_IN_A_TABLE;
  }

  /** The place of the saved model's epoch among {@link #epochs}, from 0. */
  int savedIndex() {
    return epochs.indexOf(saved);
  }

  /**
   * Every epoch's title and matrix as JSON: the cells above zero, row by row, each as the distance
   * from the cell before it and its count.
   *
   * @param titles what is said of each of the {@link #epochs}
   */
  String json(List<String> titles) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int e = 0; e < epochs.size(); e++) {
      ObjectNode node = array.addObject().put("title", titles.get(e));
      addCells(node.putArray("cells"), epochs.get(e).validation().confusion());
    }
    return array.toString();
  }

  private static void addCells(ArrayNode cells, ConfusionMatrix confusion) {
    int before = 0;
    for (int cell = 0; cell < confusion.classes() * confusion.classes(); cell++) {
      long count = confusion.count(cell / confusion.classes(), cell % confusion.classes());
      if (count > 0) {
        cells.add(cell - before).add(count);
        before = cell;
      }
    }
  }

  private static long cells(ConfusionMatrix confusion) {
    long cells = 0;
    for (int actual = 0; actual < confusion.classes(); actual++) {
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        cells += confusion.count(actual, predicted) > 0 ? 1 : 0;
      }
    }
    return cells;
  }

  /** Whether the share of epochs that are shown reaches another whole number here. */
  private static boolean isNext(int epoch, int epochs, int most) {
    return (long) epoch * most / epochs != (epoch + 1L) * most / epochs;
  }
}
