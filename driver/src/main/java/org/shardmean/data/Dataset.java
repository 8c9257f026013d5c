package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The examples that a run trains on, and those that it is tested on. Addresses in its texts are
 * {@link Redacted}.
 *
 * @param name as shown to people: {@code mnist}, {@code generated}, or the folder's name
 * @param origin what {@code --data} must be for the same data; for data that a program made, its
 *     name
 * @param isMnist whether the training and test files are MNIST's own, by the SHA-256 of their bytes
 * @param train the training examples
 * @param test the test examples; of the same image size and class count
 * @param notices what a reader of the figures must know first, such as that this is not MNIST
 * @param table the columns that the examples come from, where they are rows of a table
 */
public record Dataset(
    String name,
    String origin,
    boolean isMnist,
    ExampleSource train,
    ExampleSource test,
    List<String> notices,
    Optional<TableForm> table) {
  private static final String FROM_A_PROGRAM =
      "The images came from the program that started the run; to repeat it by the command line,"
          + " give --data a folder with the same images in IDX files";

  private static final String GENERATED = "generated";
  private static final int MOST_GENERATED_TEST = 10_000;
  private static final int FEWEST_GENERATED_TEST = 10;

  public Dataset {
    name = Redacted.of(name);
    origin = Redacted.of(origin);
    requireNonNull(train, "train");
    requireNonNull(test, "test");
    notices = notices.stream().map(Redacted::of).toList();
    requireNonNull(table, "table");
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new DataException(
          "%s: test images must be of the training images' size %dx%d, found %dx%d; give matching files"
              .formatted(name, train.height(), train.width(), test.height(), test.width()));
    }
    if (train.classes() != test.classes()) {
      throw new DataException(
          "%s: test labels must be of the training labels' %d classes, found %d; give matching files"
              .formatted(name, train.classes(), test.classes()));
    }
  }

  /** Examples that are no rows of a table with names. */
  public Dataset(
      String name,
      String origin,
      boolean isMnist,
      ExampleSource train,
      ExampleSource test,
      List<String> notices) {
    this(name, origin, isMnist, train, test, notices, Optional.empty());
  }

  /**
   * Examples that a program made or loaded.
   *
   * @param name as shown to people
   */
  public static Dataset of(String name, ExampleSource train, ExampleSource test) {
    return new Dataset(name, name, false, train, test, List.of(FROM_A_PROGRAM));
  }

  /**
   * MNIST from a local folder, downloaded to it if its four files are not there.
   *
   * @throws DataException if the folder's files are corrupt or not MNIST's own, or MNIST cannot be
   *     downloaded
   */
  public static Dataset mnist(String folder) {
    Path path = Path.of(folder);
    try {
      return new MnistLocation(
              List.of(LocalPath.of(path.toAbsolutePath())), Optional.of(MnistDownload.to(path)))
          .load(new Configuration(), DownloadListener.SILENT);
    } catch (MnistUnavailableException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /**
   * The four IDX files in a folder, as {@link IdxFolder} describes it.
   *
   * @param folder on any of Hadoop's file systems
   * @throws DataException if a file is missing or not valid
   */
  public static Dataset folder(String folder) {
    return IdxFolder.load(folder, new Configuration());
  }

  /**
   * Digits drawn by the program, with a sixth as many test digits (10 to 10,000).
   *
   * @param count training digits, at least 1
   */
  public static Dataset generated(int count, long seed) {
    int test = Math.min(MOST_GENERATED_TEST, Math.max(FEWEST_GENERATED_TEST, count / 6));
    return new Dataset(
        GENERATED,
        GENERATED + ":" + count,
        false,
        new GeneratedExamples(count, seed, false),
        new GeneratedExamples(test, seed, true),
        List.of("Digits drawn by the program: these are not MNIST's figures"));
  }

  /** The same data with another origin and other notices. */
  public Dataset with(String otherOrigin, List<String> otherNotices) {
    return new Dataset(name, otherOrigin, isMnist, train, test, otherNotices, table);
  }

  /** The same examples, which are rows of a table. */
  public Dataset with(TableForm form) {
    return new Dataset(name, origin, isMnist, train, test, notices, Optional.of(form));
  }

  /**
   * A checksum of the training and test examples together, in hexadecimal: data of other bytes has
   * another one.
   */
  public String checksum() {
    return "%08x%08x".formatted(train.checksum(), test.checksum());
  }
}
