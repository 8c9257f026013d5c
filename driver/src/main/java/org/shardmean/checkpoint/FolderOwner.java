package org.shardmean.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.data.InputFile;
import org.shardmean.data.OutputFile;
import org.shardmean.run.ConfigurationException;

/**
 * The one driver that a run folder belongs to.
 *
 * <p>Each driver that wants the folder writes a claim, a file of its own name, and then lists all
 * claims. Of two drivers at least the later one sees the other's; it gives way to one that owns the
 * folder, and of two that are only just asking the one with the smaller name gets it. So nothing
 * rests on a file system's creating or renaming a file atomically, only on listing what was
 * written.
 *
 * <p>The owner writes its claim again every few seconds. A claim is dead if its process is gone
 * from this machine, or if it was not written for long by the file system's own clock.
 */
public final class FolderOwner implements AutoCloseable {
  static final String PREFIX = ".owner-";
  private static final int MOST_BYTES = 4096;

  private final FileSystem files;
  private final Path folder;
  private final Path mine;
  private final Claimant me;
  private final Limits limits;
  private final Timer heart;

  /**
   * Bounds in time, in milliseconds.
   *
   * @param beat between two writings of a claim
   * @param dead a claim that was not written for so long is dead
   * @param look between two looks at another's claim
   */
  record Limits(long beat, long dead, long look) {
    static final Limits USUAL = new Limits(5_000, 30_000, 1_000);
  }

  private FolderOwner(FileSystem files, Path folder, Claimant me, Limits limits) {
    this.files = requireNonNull(files, "files");
    this.folder = requireNonNull(folder, "folder");
    this.me = requireNonNull(me, "me");
    this.limits = requireNonNull(limits, "limits");
    this.mine = new Path(folder, PREFIX + me.name());
    this.heart = new Timer("owner of a run folder", true);
  }

  /**
   * Makes this driver the owner of a folder that is there. The claim of a dead owner is taken over.
   *
   * @param waiting hears what is waited for, if it is unclear whether another owner is alive; that
   *     takes half a minute at most
   * @throws ConfigurationException if another driver owns it; one line
   */
  public static FolderOwner claim(FileSystem files, Path folder, Consumer<String> waiting)
      throws IOException {
    return claim(files, folder, Claimant.here(), Limits.USUAL, waiting);
  }

  static FolderOwner claim(
      FileSystem files, Path folder, Claimant me, Limits limits, Consumer<String> waiting)
      throws IOException {
    FolderOwner owner = new FolderOwner(files, folder, me, limits);
    boolean owns = false;
    try {
      owner.write(false);
      for (FileStatus other : owner.others()) {
        owner.settle(other, waiting);
      }
      owner.write(true);
      owner.heart.schedule(owner.new Beat(), limits.beat(), limits.beat());
      owns = true;
      return owner;
    } finally {
      if (!owns) {
        owner.close();
      }
    }
  }

  /**
   * Checks that the folder still belongs to this driver: one that stood still for long may have
   * been taken for dead.
   *
   * @throws ConfigurationException if it does not
   */
  public void requireOwned() throws IOException {
    boolean claimed = files.exists(mine);
    for (FileStatus other : others()) {
      Claimant claimant = Claimant.read(text(other));
      claimed &= !(claimant.isKnown() && claimant.owns());
    }
    if (!claimed) {
      throw new ConfigurationException(
          "%s: expected a folder of this driver alone, found that another took it over, as this one gave no sign of life for %d s; this one ends"
              .formatted(folder, limits.dead() / 1000));
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    heart.cancel();
    try {
      files.delete(mine, false);
    } catch (IOException e) {
      // The claim is dead as soon as this process is.
    }
  }

  /** Returns when the other's claim is gone; fails when it is alive and goes before this one. */
  private void settle(FileStatus other, Consumer<String> waiting) throws IOException {
    FileStatus seen = other;
    boolean told = false;
    for (long waited = 0; ; waited += limits.look()) {
      Claimant claimant = Claimant.read(text(seen));
      if (isDead(claimant, seen)) {
        files.delete(seen.getPath(), false);
        return;
      }
      boolean alive = claimant.life(me) == Claimant.Life.RUNNING;
      boolean hasBeaten = seen.getModificationTime() > other.getModificationTime();
      boolean yields = !claimant.owns() && me.name().compareTo(claimant.name()) < 0;
      if (((alive || hasBeaten) && !yields) || waited > 2 * limits.dead()) {
        throw new ConfigurationException(
            "%s: expected a folder that no other driver writes to, found that of %s; wait until it has ended, or give another --out"
                .formatted(folder, claimant.shown()));
      }
      if (!told) {
        waiting.accept(
            "%s belongs to %s; waiting up to %d s for a sign of life of it"
                .formatted(folder, claimant.shown(), limits.dead() / 1000));
        told = true;
      }
      pause();
      write(false);
      try {
        seen = files.getFileStatus(other.getPath());
      } catch (FileNotFoundException e) {
        return;
      }
    }
  }

  /** By the process, or else by the file system's clock, which wrote the time of both claims. */
  private boolean isDead(Claimant claimant, FileStatus claim) throws IOException {
    return switch (claimant.life(me)) {
      case RUNNING -> false;
      case GONE -> true;
      case UNKNOWN ->
          files.getFileStatus(mine).getModificationTime() - claim.getModificationTime()
              > limits.dead();
    };
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(limits.look());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + folder, e);
    }
  }

  private final class Beat extends TimerTask {
    @Override
    public void run() {
      try {
        if (files.exists(mine)) {
          write(true);
        }
      } catch (IOException | RuntimeException e) {
        // The next beat tries again; a driver that cannot write for long may be taken for dead.
      }
    }
  }

  private void write(boolean owns) throws IOException {
    OutputFile.write(files, mine, true, out -> out.write(me.written(owns).getBytes(UTF_8)));
  }

  private List<FileStatus> others() throws IOException {
    List<FileStatus> others = new ArrayList<>();
    for (FileStatus file : files.listStatus(folder)) {
      String name = file.getPath().getName();
      if (name.startsWith(PREFIX) && !name.equals(mine.getName())) {
        others.add(file);
      }
    }
    return others;
  }

  /** Empty where it is being written or has gone. */
  private String text(FileStatus claim) {
    try {
      return claim.getPath().getName().substring(PREFIX.length())
          + "\n"
          + InputFile.readText(files, claim.getPath(), MOST_BYTES);
    } catch (IOException | DataException e) {
      return claim.getPath().getName().substring(PREFIX.length());
    }
  }
}
