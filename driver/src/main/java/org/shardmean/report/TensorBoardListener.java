package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.shardmean.export.EventFile;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.run.TimeSplit;

/**
 * Writes a run's figures to an event file for TensorBoard while it goes on: {@code epoch/…} after
 * each epoch, {@code round/…} after each round, whose step counts all rounds of the run. What was
 * written is there for readers after each epoch. A run that goes on writes another file beside the
 * first.
 */
public final class TensorBoardListener implements RunListener, AutoCloseable {
  private final FileSystem files;
  private final Path folder;
  private final InstantSource clock;

  private RunConfig config;
  private FSDataOutputStream out;
  private EventFile events;

  private TensorBoardListener(FileSystem files, Path folder, InstantSource clock) {
    this.files = files;
    this.folder = folder;
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Makes the folder {@code directory/run}; TensorBoard shows the runs of one directory together.
   *
   * @param directory on any of Hadoop's file systems
   * @param run the run's name there
   * @param clock for the time of each event
   * @throws ConfigurationException if the folder cannot be made
   */
  public static TensorBoardListener in(
      Configuration hadoop, String directory, String run, InstantSource clock) {
    try {
      Path folder = new Path(directory, run);
      FileSystem files = folder.getFileSystem(hadoop);
      if (!files.mkdirs(folder)) {
        throw new IOException("it cannot be made");
      }
      // The raw local file system, because the other shows nothing before it is closed.
      return new TensorBoardListener(
          files instanceof LocalFileSystem local ? local.getRawFileSystem() : files,
          files.makeQualified(folder),
          clock);
    } catch (IOException | IllegalArgumentException e) {
      ConfigurationException unusable =
          new ConfigurationException(
              "--tensorboard %s: expected a directory to write to, found: %s; give another"
                  .formatted(
                      directory, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      unusable.initCause(e);
      throw unusable;
    }
  }

  @Override
  public void started(RunConfig run, DataRecord data, Environment environment) {
    config = run;
    write(
        () -> {
          out = files.create(newFile(), false);
          events = new EventFile(out, seconds());
        });
  }

  @Override
  public void roundEnded(RoundRecord round) {
    int rounds = config.averaging().roundsPerEpoch();
    long step = (long) (round.epoch() - 1) * rounds + round.round();
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("round/loss", round.score().loss());
    scalars.put("round/accuracy", round.score().accuracy());
    scalars.put("round/learning_rate", rateAfter(step - 1, rounds));
    scalars.put("round/images_per_second", round.score().examples() / round.time().total());
    scalars.put("round/sync_share", syncShare(round.time()));
    write(() -> events.append(seconds(), step, scalars));
  }

  @Override
  public void epochEnded(EpochRecord epoch) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("epoch/loss", epoch.training().loss());
    scalars.put("epoch/accuracy", epoch.training().accuracy());
    scalars.put("epoch/validation_loss", epoch.validation().loss());
    scalars.put("epoch/validation_accuracy", epoch.validation().accuracy());
    scalars.put("epoch/learning_rate", rateAfter(epoch.epoch(), 1));
    scalars.put("epoch/images_per_second", epoch.imagesPerSecond());
    scalars.put("epoch/sync_share", syncShare(epoch.time()));
    write(
        () -> {
          events.append(seconds(), epoch.epoch(), scalars);
          out.hflush();
        });
  }

  @Override
  public void close() {
    if (events != null) {
      write(events::close);
    }
  }

  /** The rate after so many steps, of which an epoch has {@code stepsInEpoch}. */
  private double rateAfter(long steps, int stepsInEpoch) {
    double share = (double) steps / stepsInEpoch / config.epochs();
    return config.local().rate().at(Math.min(1, share));
  }

  /** Of the time that rounds take. */
  private static double syncShare(TimeSplit time) {
    return time.sync() / (time.total() - time.evaluation());
  }

  /** As TensorBoard looks for it; one of the same second is left as it is. */
  private Path newFile() throws IOException {
    long second = clock.instant().getEpochSecond();
    Path file = named(second, 0);
    for (int copy = 1; files.exists(file); copy++) {
      file = named(second, copy);
    }
    return file;
  }

  private Path named(long second, int copy) {
    return new Path(
        folder, String.format(Locale.ROOT, "events.out.tfevents.%010d.shardmean.%d", second, copy));
  }

  private double seconds() {
    return clock.millis() / 1e3;
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
