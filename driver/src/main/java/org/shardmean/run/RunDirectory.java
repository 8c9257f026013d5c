package org.shardmean.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.data.InputFile;
import org.shardmean.data.LocalFiles;
import org.shardmean.data.OutputFile;
import org.shardmean.data.Redacted;

/**
 * The directory that holds one run's files, on any of Hadoop's file systems.
 *
 * <p>A file is written under a temporary name beside its place and renamed when it is whole, so
 * neither bad input nor a crash leaves half a file under its name.
 */
public final class RunDirectory {
  /** Longer than a run's record ever is: each of {@link #MOST_ROUNDS} takes some 500 bytes. */
  public static final int MOST_BYTES = 1 << 30;

  /** Of a run whose record can be written and read again. */
  public static final int MOST_ROUNDS = 1_000_000;

  public static final String RESULT = "result.json";
  public static final String EPOCHS = "epochs.csv";
  public static final String CONFUSION = "confusion.csv";
  public static final String MODEL = "model.zip";
  public static final String REPORT = "report.html";
  public static final String EXAMINED = "examined.bin";

  /** How far a run has come; deleted when it ends. */
  public static final String PROGRESS = "progress.json";

  /** For a run that is not complete beside a complete one that it is to replace: a folder. */
  public static final String UNFINISHED = "unfinished";

  /** Where a run keeps its checkpoints: a folder. */
  public static final String CHECKPOINTS = "checkpoints";

  /** Any of these in a directory says that it holds a run; nothing else is ever deleted. */
  private static final List<String> PARTS_OF_A_RUN =
      List.of(RESULT, MODEL, REPORT, EXAMINED, EPOCHS, CONFUSION, CHECKPOINTS);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);
  private static final int LONGEST_NAME = 80;
  private static final String BEING_WRITTEN = ".being-written";
  private static final String BEFORE = ".before";

  private final FileSystem files;
  private final Path path;

  private RunDirectory(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * Makes {@code parent/<time>-<name>}, or, where that holds a run already, the same with {@code
   * -2}, {@code -3} … behind it. Of the name, ASCII letters, digits, dots and underscores are kept;
   * anything else becomes a hyphen, so that any machine can hold and list the directory.
   *
   * @param parent such as {@code runs}
   * @param time when the run began
   * @throws ConfigurationException when the directory cannot be made
   */
  public static RunDirectory createNamed(
      Configuration hadoop, String parent, ZonedDateTime time, String name) {
    String first = parent + "/" + TIME.format(time) + asFileName(name);
    String candidate = first;
    for (int copy = 2; holdsRun(hadoop, candidate); copy++) {
      candidate = first + "-" + copy;
    }
    return create(hadoop, candidate, false);
  }

  /**
   * Makes {@code parent/<id>-<name>}, or takes the one that is there, whatever it holds.
   *
   * @param name as {@link #createNamed} changes it
   * @throws ConfigurationException as {@link #create}
   */
  public static RunDirectory takeNamed(
      Configuration hadoop, String parent, String id, String name) {
    return take(hadoop, parent + "/" + id + asFileName(name));
  }

  /**
   * Makes the directory, or takes one that is there and holds no run.
   *
   * @param directory as given with {@code --out}; any Hadoop path
   * @param overwrite whether a run found there is deleted first: its files and its checkpoints, and
   *     nothing else that lies beside them
   * @throws ConfigurationException when it holds a run and {@code overwrite} is not set, when it is
   *     a file, or when it cannot be made or read
   */
  public static RunDirectory create(Configuration hadoop, String directory, boolean overwrite) {
    try {
      RunDirectory run = take(hadoop, directory);
      for (String part : PARTS_OF_A_RUN) {
        if (run.holds(part)) {
          if (!overwrite) {
            throw new ConfigurationException(
                "--out %s: expected a directory without a run, found %s; replace that run with --overwrite (in Java: saveOver), or give another --out"
                    .formatted(directory, part));
          }
          run.files.delete(new Path(run.path, part), true);
        }
      }
      return run;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /**
   * Makes the directory, or takes one that is there, whatever it holds.
   *
   * @throws ConfigurationException as {@link #create}
   */
  public static RunDirectory take(Configuration hadoop, String directory) {
    try {
      RunDirectory run = at(hadoop, directory);
      run.make();
      return run;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** Whether it holds a run or a part of one. */
  public boolean holdsRun() throws IOException {
    for (String part : PARTS_OF_A_RUN) {
      if (holds(part)) {
        return true;
      }
    }
    return false;
  }

  /** Deletes a file or a folder with all that is in it, if it is there. */
  public void delete(String name) throws IOException {
    files.delete(new Path(path, name), true);
  }

  /** Deletes the directory if nothing is in it. */
  public void deleteIfEmpty() throws IOException {
    if (files.listStatus(path).length == 0) {
      files.delete(path, false);
    }
  }

  /** The file system that it is on. */
  public FileSystem files() {
    return files;
  }

  /** A directory in this one, which need not be there. */
  public RunDirectory below(String name) {
    return new RunDirectory(files, new Path(path, name));
  }

  /**
   * Makes the directory, or takes one that is there, for a few files that are no run.
   *
   * @param names what will be written to it
   * @param overwrite whether those that are there may be replaced, each when it is written
   * @throws ConfigurationException when one is there and {@code overwrite} is not set, or as {@link
   *     #create}
   */
  public static RunDirectory createFor(
      Configuration hadoop, String directory, List<String> names, boolean overwrite) {
    try {
      RunDirectory files = take(hadoop, directory);
      for (String name : names) {
        if (!overwrite && files.holds(name)) {
          throw new ConfigurationException(
              "--out: expected no %s in %s, found one; replace it with --overwrite, or give another --out"
                  .formatted(name, directory));
        }
      }
      return files;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /**
   * The directory of a run that is there, to read it or to go on with it.
   *
   * @throws ConfigurationException when it is not there
   */
  public static RunDirectory open(Configuration hadoop, String directory) {
    try {
      RunDirectory run = at(hadoop, directory);
      if (!run.files.exists(run.path) || !run.files.getFileStatus(run.path).isDirectory()) {
        throw new ConfigurationException(
            "%s: expected the directory of a run, found %s; give the directory that holds %s"
                .formatted(directory, run.files.exists(run.path) ? "a file" : "nothing", RESULT));
      }
      return run;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** Where the run's files are, qualified with its file system. */
  public Path path() {
    return path;
  }

  /** Whether the run has a file or folder of this name, complete. */
  public boolean holds(String name) throws IOException {
    return files.exists(new Path(path, name));
  }

  /** Writes a file, whole or not at all; one of the same name is replaced. */
  public void write(String name, byte[] content) throws IOException {
    write(name, out -> out.write(content));
  }

  /** Writes a text file in UTF-8, whole or not at all; one of the same name is replaced. */
  public void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file, whole or not at all; one of the same name is replaced. When {@code content}
   * throws or the new file cannot be put in its place, the file of before, if any, stays. Between
   * the one before and the new one there is an instant without either under its name, because not
   * every file system renames onto a file that is there.
   */
  public void write(String name, Content content) throws IOException {
    Path target = new Path(path, name);
    Path unfinished = new Path(path, "." + name + BEING_WRITTEN);
    boolean whole = false;
    try {
      OutputFile.write(files, unfinished, true, content::writeTo);
      whole = replace(target, unfinished, new Path(path, "." + name + BEFORE));
    } finally {
      if (!whole) {
        files.delete(unfinished, false);
      }
    }
    if (!whole) {
      throw new IOException(target + ": expected to be renamed into place, found it refused");
    }
  }

  /** Puts the one before aside until the new one is in its place. */
  private boolean replace(Path target, Path written, Path aside) throws IOException {
    if (!files.exists(target)) {
      return files.rename(written, target);
    }
    files.delete(aside, false);
    if (!files.rename(target, aside)) {
      return false;
    }
    boolean replaced = false;
    try {
      replaced = files.rename(written, target);
    } finally {
      if (!replaced) {
        files.rename(aside, target);
      }
    }
    files.delete(aside, false);
    return replaced;
  }

  /**
   * Writes a folder, whole or not at all; one of the same name is replaced. When {@code content}
   * throws, the folder of before, if any, stays.
   */
  public void writeFolder(String name, FolderContent content) throws IOException {
    Path unfinished = new Path(path, "." + name + BEING_WRITTEN);
    boolean whole = false;
    try {
      files.delete(unfinished, true);
      content.writeTo(unfinished);
      files.delete(new Path(path, name), true);
      whole = files.rename(unfinished, new Path(path, name));
    } finally {
      if (!whole) {
        files.delete(unfinished, true);
      }
    }
    if (!whole) {
      throw new IOException(
          path + "/" + name + ": expected to be renamed into place, found it refused");
    }
  }

  /**
   * The bytes of one of the run's files.
   *
   * @throws DataException if it is longer than any that is written, {@value #MOST_BYTES} bytes
   */
  public byte[] read(String name) throws IOException {
    return InputFile.read(files, new Path(path, name), MOST_BYTES);
  }

  /**
   * The text of one of the run's files.
   *
   * @throws DataException as {@link #read}, or if it is not in UTF-8
   */
  public String readText(String name) throws IOException {
    return InputFile.readText(files, new Path(path, name), MOST_BYTES);
  }

  @Override
  public String toString() {
    return Redacted.of(path.toString());
  }

  /** Writes a file's content; the stream is closed by the caller. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes a folder with all its files. */
  @FunctionalInterface
  public interface FolderContent {
    void writeTo(Path folder) throws IOException;
  }

  private static RunDirectory at(Configuration hadoop, String directory) throws IOException {
    Path path;
    try {
      path = new Path(directory);
    } catch (IllegalArgumentException e) {
      throw unusable(directory, e);
    }
    FileSystem files = path.getFileSystem(hadoop);
    Path qualified = files.makeQualified(path);
    return new RunDirectory(LocalFiles.inPlaceOf(files, hadoop), qualified);
  }

  private void make() throws IOException {
    if (files.exists(path) && !files.getFileStatus(path).isDirectory()) {
      throw new IOException("a file is in its place");
    }
    if (!files.mkdirs(path)) {
      throw new IOException("it cannot be made");
    }
  }

  private static boolean holdsRun(Configuration hadoop, String directory) {
    try {
      return at(hadoop, directory).holdsRun();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static ConfigurationException unusable(String directory, Exception cause) {
    String found = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    ConfigurationException unusable =
        new ConfigurationException(
            "--out %s: expected a directory to write to, found: %s; give another --out"
                .formatted(directory, found));
    unusable.initCause(cause);
    return unusable;
  }

  private static String asFileName(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^-|-$", "");
    String cut = safe.length() <= LONGEST_NAME ? safe : safe.substring(0, LONGEST_NAME);
    return cut.isEmpty() ? "" : "-" + cut;
  }
}
