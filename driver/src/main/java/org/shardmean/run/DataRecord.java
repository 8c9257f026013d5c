package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.shardmean.data.TableForm;

/**
 * The data of a run.
 *
 * @param name as shown to people
 * @param isMnist whether these are MNIST's own files, by their bytes
 * @param trainExamples examples trained on, without any held out
 * @param validationExamples examples every epoch is scored on
 * @param testExamples test examples there are
 * @param height rows of an image; of rows of numbers 1
 * @param width columns of an image; of rows of numbers how many numbers a row has
 * @param classes how many classes the labels tell apart
 * @param checksum of training and test examples together, in hexadecimal: other bytes give another
 * @param table the columns that the examples come from, where they are rows of a table with names
 */
public record DataRecord(
    String name,
    boolean isMnist,
    int trainExamples,
    int validationExamples,
    int testExamples,
    int height,
    int width,
    int classes,
    String checksum,
    Optional<TableForm> table) {
  public DataRecord {
    requireNonNull(name, "name");
    requireNonNull(checksum, "checksum");
    requireNonNull(table, "table");
  }

  /** Of examples that are no rows of a table with names. */
  public DataRecord(
      String name,
      boolean isMnist,
      int trainExamples,
      int validationExamples,
      int testExamples,
      int height,
      int width,
      int classes,
      String checksum) {
    this(
        name,
        isMnist,
        trainExamples,
        validationExamples,
        testExamples,
        height,
        width,
        classes,
        checksum,
        Optional.empty());
  }

  /** The same, with the columns that the examples come from. */
  public DataRecord with(Optional<TableForm> form) {
    return new DataRecord(
        name,
        isMnist,
        trainExamples,
        validationExamples,
        testExamples,
        height,
        width,
        classes,
        checksum,
        form);
  }

  /** Whether the examples are rows of numbers rather than images. */
  public boolean isOfRows() {
    return height == 1;
  }

  /** What a class is called: its name in the table, else its number. */
  public String className(int number) {
    return table.map(form -> form.className(number)).orElseGet(() -> String.valueOf(number));
  }
}
