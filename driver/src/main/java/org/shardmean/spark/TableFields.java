package org.shardmean.spark;

import java.io.Serializable;

/**
 * What the columns of a table's rows are, by their places: features, then targets, then the weight,
 * and the label last.
 *
 * @param features columns of features
 * @param targets columns of targets
 * @param isWeighted whether there is a weight
 * @param isLabelled whether there is a label
 * @param classes a label is one of {@code 0 … classes - 1}
 */
record TableFields(int features, int targets, boolean isWeighted, boolean isLabelled, int classes)
    implements Serializable {
  static TableFields of(TableColumns columns) {
    return new TableFields(
        columns.features().size(),
        columns.targets().size(),
        columns.weight().isPresent(),
        columns.label().isPresent(),
        columns.classes());
  }

  /** Columns whose numbers an example is made of: all but the label. */
  int numbers() {
    return features + targets + (isWeighted ? 1 : 0);
  }

  /** The column of the weight; -1 where there is none. */
  int weight() {
    return isWeighted ? numbers() - 1 : -1;
  }

  /** The class that a cell names; -1 if it names none. */
  int labelOf(Object cell) {
    return cell instanceof Double label
            && label >= 0
            && label < classes
            && label == Math.floor(label)
        ? label.intValue()
        : -1;
  }
}
