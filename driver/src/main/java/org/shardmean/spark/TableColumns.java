package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Which columns of a table an example is made of. Columns hold numbers; a column of features may
 * hold arrays of numbers, of one length, each of which is so many features.
 *
 * @param features in this order, at least one
 * @param label the class, a whole number from 0 up to {@code classes - 1}; empty where there are
 *     targets, or nothing to tell apart
 * @param classes how many; 1 without a label
 * @param targets what a network should answer, for regression; empty where there is a label
 * @param weight by how much a row's gradient counts, at least 0; empty where each counts as one
 */
public record TableColumns(
    List<String> features,
    Optional<String> label,
    int classes,
    List<String> targets,
    Optional<String> weight) {
  public TableColumns {
    features = List.copyOf(features);
    requireNonNull(label, "label");
    targets = List.copyOf(targets);
    requireNonNull(weight, "weight");
    if (features.isEmpty()) {
      throw new IllegalArgumentException("expected at least one column of features, found none");
    }
    if (label.isPresent() && !targets.isEmpty()) {
      throw new IllegalArgumentException(
          "rows have a label or targets, found both: %s and %s"
              .formatted(label.get(), String.join(", ", targets)));
    }
    if (classes < 1 || (label.isEmpty() && classes > 1)) {
      throw new IllegalArgumentException(
          "classes must be at least 1, and 1 without a label, found " + classes);
    }
  }

  /** Rows to be classified. */
  public static TableColumns labelled(List<String> features, String label, int classes) {
    return new TableColumns(features, Optional.of(label), classes, List.of(), Optional.empty());
  }

  /** Rows for regression. */
  public static TableColumns withTargets(List<String> features, String... targets) {
    return new TableColumns(features, Optional.empty(), 1, List.of(targets), Optional.empty());
  }

  /** The same with a weight for each row. */
  public TableColumns weightedBy(String column) {
    return new TableColumns(features, label, classes, targets, Optional.of(column));
  }

  /** All of them, each once, in the order of an example's numbers; the label last. */
  List<String> all() {
    List<String> all = new ArrayList<>(features);
    all.addAll(targets);
    weight.ifPresent(all::add);
    label.ifPresent(all::add);
    return all;
  }

  /** The column of exactly this name, whatever characters are in it. */
  public static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
