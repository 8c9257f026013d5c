package org.shardmean.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.shardmean.data.DataException;
import org.shardmean.data.InputFile;
import org.shardmean.data.OutputFile;
import org.shardmean.data.Sha256;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Progress;

/**
 * The checkpoints of one run, in a folder on any of Hadoop's file systems.
 *
 * <p>A checkpoint is two files, {@code 000007-run.json} and {@code 000007-progress.bin}, and a
 * manifest {@code 000007-manifest.txt} with their sizes and SHA-256, which is written last. It
 * counts only if all of this agrees; so a driver may die at any byte. Nothing is renamed and
 * nothing is written over, because file systems differ in what that means.
 */
public final class Checkpoints {
  /** As many are kept. */
  public static final int KEPT = 3;

  private static final String RUN = "run.json";
  private static final String PROGRESS = "progress.bin";
  private static final String MANIFEST = "manifest.txt";
  private static final Pattern NAME = Pattern.compile("(\\d{6,18})-[a-z]+\\.[a-z]+");
  private static final int MOST_MANIFEST_BYTES = 4096;
  private static final int MOST_RUN_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileSystem files;
  private final Path folder;

  /**
   * The checkpoints that are kept, newest first, as the last commit left them; empty where the
   * folder has to be listed. A commit that lists nothing saves a third of its calls.
   */
  private final Deque<Long> kept = new ArrayDeque<>();

  /**
   * @param folder which need not be there
   */
  public Checkpoints(FileSystem files, Path folder) {
    this.files = requireNonNull(files, "files");
    this.folder = requireNonNull(folder, "folder");
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param warning hears of newer ones that are not, a line each
   * @throws DataException if there are checkpoints and none is whole
   * @throws ConfigurationException if older ones are of another run
   */
  public Optional<Checkpoint> newest(Consumer<String> warning) throws IOException {
    List<String> faults = new ArrayList<>();
    for (long number : numbers().descendingSet()) {
      if (files.exists(file(number, MANIFEST))) {
        try {
          Checkpoint checkpoint = read(number);
          requireOneRun(number, checkpoint.identity());
          faults.forEach(fault -> warning.accept(fault + "; going on from the one before it"));
          return Optional.of(checkpoint);
        } catch (DataException | IOException e) {
          faults.add(fault(number, e));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new DataException(
          "%s (%d checkpoints in all, none whole); train from the start with --overwrite"
              .formatted(faults.get(0), faults.size()));
    }
    return Optional.empty();
  }

  /**
   * Writes a checkpoint, whole or not at all, and deletes those that are no longer kept.
   *
   * @throws IOException if it could not be written; those of before are still there
   */
  public void commit(Checkpoint checkpoint) throws IOException {
    long number = next();
    Deque<Long> before = new ArrayDeque<>(kept);
    kept.clear(); // If this fails, the next one lists the folder.
    String run = write(number, RUN, out -> out.write(checkpoint.identity().write()));
    String progress =
        write(number, PROGRESS, out -> ProgressFile.write(checkpoint.progress(), out));
    write(number, MANIFEST, out -> out.write((run + progress).getBytes(US_ASCII)));
    if (before.isEmpty()) {
      keep(KEPT);
    } else {
      before.addFirst(number);
      keep(before);
    }
  }

  private long next() throws IOException {
    if (!kept.isEmpty()) {
      return kept.getFirst() + 1;
    }
    NavigableSet<Long> there = numbers();
    return there.isEmpty() ? 1 : there.last() + 1;
  }

  /** Deletes all but the newest; what cannot be deleted stays. */
  public void keep(int newest) {
    kept.clear();
    try {
      List<Long> whole = new ArrayList<>();
      for (long number : numbers().descendingSet()) {
        if (whole.size() >= newest) {
          delete(number);
        } else if (files.exists(file(number, MANIFEST))) {
          whole.add(number);
        }
      }
      kept.addAll(whole);
    } catch (IOException e) {
      // They only take up room; the next commit tries again.
    }
  }

  /** Deletes the oldest of those that are there, newest first, without listing the folder. */
  private void keep(Deque<Long> there) {
    try {
      while (there.size() > KEPT) {
        delete(there.getLast());
        there.removeLast();
      }
      kept.addAll(there);
    } catch (IOException e) {
      // As above.
    }
  }

  /** Deletes the whole folder. */
  public void deleteAll() throws IOException {
    kept.clear();
    files.delete(folder, true);
  }

  private Checkpoint read(long number) throws IOException {
    Path manifest = file(number, MANIFEST);
    String text = InputFile.readText(files, manifest, MOST_MANIFEST_BYTES);
    RunIdentity identity = identity(number, text);
    String runLine = text.substring(0, text.indexOf('\n') + 1);
    Path progress = file(number, PROGRESS);
    long progressBytes = files.getFileStatus(progress).getLen();
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in =
        new DigestInputStream(
            new BufferedInputStream(files.open(progress), BUFFER_BYTES), digest)) {
      Progress read = ProgressFile.read(in, progressBytes, identity.config());
      String sum = Sha256.hex(digest);
      require(
          text.equals(runLine + line(sum, progressBytes, progress)),
          manifest,
          "the sum of " + progress.getName());
      return new Checkpoint(identity, read);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What the checkpoint says of its run, if that is what its manifest says. */
  private RunIdentity identity(long number, String manifest) throws IOException {
    Path run = file(number, RUN);
    long bytes = files.getFileStatus(run).getLen();
    byte[] json = InputFile.read(files, run, MOST_RUN_BYTES);
    require(
        manifest.startsWith(line(Sha256.hexOf(json), bytes, run)),
        file(number, MANIFEST),
        "the sum of " + run.getName());
    return RunIdentity.read(run.toString(), InputFile.text(run, json));
  }

  /**
   * A checkpoint that was copied from another run's folder is whole too. One of a run with the same
   * settings and data is as good as this run's own, because it has the same bits.
   */
  private void requireOneRun(long newest, RunIdentity identity) throws IOException {
    for (long number : numbers().headSet(newest, false)) {
      List<String> differences = differences(identity, number);
      if (!differences.isEmpty()) {
        throw new ConfigurationException(
            "%s: expected checkpoints of one run, found those of two (%s in %06d and %06d); delete the files that do not belong here, or train from the start with --overwrite"
                .formatted(folder, String.join(", ", differences), newest, number));
      }
    }
  }

  /** None from one that is damaged or partly deleted, which is no matter here. */
  private List<String> differences(RunIdentity identity, long older) {
    try {
      Path manifest = file(older, MANIFEST);
      return identity.differences(
          identity(older, InputFile.readText(files, manifest, MOST_MANIFEST_BYTES)));
    } catch (DataException | IOException e) {
      return List.of();
    }
  }

  private static void require(boolean holds, Path manifest, String what) throws IOException {
    if (!holds) {
      throw new IOException(what + " is not the one in " + manifest.getName());
    }
  }

  private String fault(long number, Exception e) {
    String found =
        e instanceof FileNotFoundException
            ? "a file missing"
            : String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing");
    return new DataException(
            "%s: expected a whole checkpoint, found %s"
                .formatted(file(number, MANIFEST), found.equals("null") ? "the end" : found))
        .getMessage();
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file that is not there yet.
   *
   * @return its line in the manifest
   */
  private String write(long number, String name, Content content) throws IOException {
    Path file = file(number, name);
    MessageDigest digest = Sha256.newDigest();
    long bytes =
        OutputFile.write(
            files,
            file,
            false,
            out -> {
              OutputStream buffered =
                  new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER_BYTES);
              content.writeTo(buffered);
              buffered.flush();
              if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
              }
            });
    return line(Sha256.hex(digest), bytes, file);
  }

  private static String line(String sha256, long bytes, Path file) {
    return "%s  %d  %s\n".formatted(sha256, bytes, file.getName());
  }

  /** The manifest first, so that what is left of a checkpoint never counts as one. */
  private void delete(long number) throws IOException {
    for (String name : List.of(MANIFEST, PROGRESS, RUN)) {
      files.delete(file(number, name), false);
    }
  }

  private Path file(long number, String name) {
    return new Path(folder, "%06d-%s".formatted(number, name));
  }

  /** Of all checkpoints, whole or not. */
  private NavigableSet<Long> numbers() throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>();
    try {
      for (FileStatus file : files.listStatus(folder)) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (name.matches()) {
          numbers.add(Long.parseLong(name.group(1)));
        }
      }
    } catch (FileNotFoundException e) {
      // No folder yet.
    }
    return numbers;
  }
}
