package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rows of a table are, by the names of its columns: with it a network takes rows of other
 * tables as they are.
 *
 * @param features the columns whose numbers are the network's inputs, in this order
 * @param label the column of the class; empty where there are targets, or nothing to tell apart
 * @param classes their names, in the order of the network's outputs; empty where a label is its
 *     class' number
 * @param targets the columns that the network answers with, for regression
 * @param scaling of features and targets, from the table's numbers to those of the network
 */
public record TableForm(
    List<Column> features,
    Optional<String> label,
    List<String> classes,
    List<String> targets,
    RowScaling scaling) {

  /**
   * A column of features.
   *
   * @param width how many numbers it holds: 1, or the length of its arrays or vectors
   * @param names of these numbers; empty where they have none beside the column's
   */
  public record Column(String name, int width, List<String> names) {
    public Column {
      requireNonNull(name, "name");
      names = List.copyOf(names);
      if (width < 1 || (!names.isEmpty() && names.size() != width)) {
        throw new IllegalArgumentException(
            "a column of %d numbers has a name for each or none, found %d"
                .formatted(width, names.size()));
      }
    }

    /** Of one number. */
    public static Column of(String name) {
      return new Column(name, 1, List.of());
    }

    private String nameOf(int number) {
      if (!names.isEmpty()) {
        return names.get(number);
      }
      return width == 1 ? name : name + "[" + number + "]";
    }
  }

  public TableForm {
    features = List.copyOf(features);
    requireNonNull(label, "label");
    classes = List.copyOf(classes);
    targets = List.copyOf(targets);
    requireNonNull(scaling, "scaling");
    if (features.isEmpty()) {
      throw new IllegalArgumentException("expected at least one column of features, found none");
    }
    if (label.isEmpty() && !classes.isEmpty()) {
      throw new IllegalArgumentException("classes without a column of labels");
    }
    if (label.isPresent() && !targets.isEmpty()) {
      throw new IllegalArgumentException("rows have a label or targets, found both");
    }
    long numbers = features.stream().mapToLong(Column::width).sum() + targets.size();
    if (scaling.size() != numbers) {
      throw new IllegalArgumentException(
          "expected a scaling of %d features and targets, found one of %d numbers"
              .formatted(numbers, scaling.size()));
    }
  }

  /** How many numbers the network takes. */
  public int inputs() {
    return scaling.size() - targets.size();
  }

  /** The name of each number that the network takes, such as {@code age} or {@code pixels[3]}. */
  public List<String> inputNames() {
    List<String> names = new ArrayList<>();
    for (Column column : features) {
      for (int i = 0; i < column.width(); i++) {
        names.add(column.nameOf(i));
      }
    }
    return names;
  }

  /** What a class is called: its name, or where there are none its number. */
  public String className(int number) {
    return classes.isEmpty() ? String.valueOf(number) : classes.get(number);
  }

  /** What a target was before it was scaled. */
  public double target(int number, double scaled) {
    return scaling.unscaled(inputs() + number, scaled);
  }
}
