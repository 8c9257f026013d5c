package org.shardmean;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.shardmean.checkpoint.Checkpoint;
import org.shardmean.checkpoint.CheckpointWriter;
import org.shardmean.checkpoint.Checkpoints;
import org.shardmean.checkpoint.FolderOwner;
import org.shardmean.checkpoint.RunIdentity;
import org.shardmean.model.ModelOrigin;
import org.shardmean.model.ParametersDigest;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.Kernels;
import org.shardmean.run.Progress;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunInterruptedException;
import org.shardmean.run.RunKeeper;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunStatus;
import org.shardmean.run.StopRequest;
import org.shardmean.settings.CheckpointEvery;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/**
 * The folder of one run, which belongs to this driver from the first second to {@link #close}: what
 * an earlier driver left there is gone on with, and what this one does is kept there as it goes on.
 */
public final class RunFolder implements RunKeeper, AutoCloseable {
  private static final String RUNS = "runs";
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(60);

  private final RunDirectory directory;
  private final GivenSettings asked;
  private final RunListener listener;
  private final StopRequest stop;
  private final FolderOwner owner;
  private final Checkpoints checkpoints;
  private final CheckpointEvery every;
  private final boolean replaces;
  private final Optional<RunIdentity> before;
  private final Optional<RunStatus> status;
  private final Optional<Progress> start;
  private final CheckpointWriter writer;

  /** What is shown of the run while it trains; empty before, and where it keeps no checkpoints. */
  private Optional<RunProgress> shown = Optional.empty();

  private String preset = "";
  private List<String> reasons = List.of();
  private RunIdentity identity;
  private Progress last;

  /** Whether {@link #last} is still to be written. */
  private boolean isUnwritten;

  /** Set by the thread that writes checkpoints when another driver has taken the folder. */
  private volatile ConfigurationException lost;

  private RunFolder(
      RunDirectory directory, GivenSettings asked, RunListener listener, StopRequest stop)
      throws IOException {
    this.directory = directory;
    this.asked = asked;
    this.listener = requireNonNull(listener, "listener");
    this.stop = requireNonNull(stop, "stop");
    this.owner = FolderOwner.claim(directory.files(), directory.path(), listener::waiting);
    boolean opened = false;
    try {
      this.checkpoints =
          new Checkpoints(directory.files(), new Path(directory.path(), RunDirectory.CHECKPOINTS));
      this.every = asked.get(TrainSettings.CHECKPOINT_EVERY);
      this.writer =
          new CheckpointWriter(
              checkpoint -> {
                requireOwned();
                checkpoints.commit(checkpoint);
              },
              LONGEST_FLUSH);
      boolean fromStart = asked.isOn(TrainSettings.OVERWRITE);
      Optional<SavedResult> result = fromStart ? Optional.empty() : result();
      Optional<Checkpoint> found =
          fromStart ? Optional.empty() : checkpoints.newest(listener::notice);
      this.replaces = fromStart && directory.holds(RunDirectory.MODEL);
      this.status = result.map(SavedResult::status);
      this.before =
          found
              .map(Checkpoint::identity)
              .or(() -> result.filter(RunFolder::ended).map(RunFolder::identity));
      this.start = found.map(Checkpoint::progress);
      requireSomethingToGoOnWith();
      opened = true;
    } finally {
      if (!opened) {
        owner.close();
        deleteIfEmpty();
      }
    }
  }

  /**
   * Takes the folder that {@code --resume} or {@code --out} names. Without them it is {@code
   * runs/APPLICATION-NAME} where the cluster may start this driver again, and a new {@code
   * runs/TIME-NAME} elsewhere.
   *
   * @param asked what the driver was started with
   * @param application what further attempts of this driver share with it; empty where there are
   *     none
   * @param listener hears of what is waited for, and of checkpoints that fail
   * @param stop whether the run is to stop at the next opportunity
   * @throws ConfigurationException if another driver owns the folder, or it holds a run of other
   *     settings: all differences, a line each
   */
  public static RunFolder open(
      Configuration hadoop,
      GivenSettings asked,
      ZonedDateTime began,
      Optional<String> application,
      RunListener listener,
      StopRequest stop) {
    RunDirectory directory = directory(hadoop, asked, began, application);
    try {
      return new RunFolder(directory, asked, listener, stop);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunDirectory directory(
      Configuration hadoop,
      GivenSettings asked,
      ZonedDateTime began,
      Optional<String> application) {
    Optional<String> resume = asked.find(TrainSettings.RESUME);
    Optional<String> out = asked.find(TrainSettings.OUT);
    if (resume.isPresent() && (out.isPresent() || asked.isOn(TrainSettings.OVERWRITE))) {
      throw new ConfigurationException(
          "--resume: expected neither --out nor --overwrite beside it, found one; leave it out");
    }
    if (resume.isPresent()) {
      return RunDirectory.open(hadoop, resume.get());
    }
    String name = asked.get(TrainSettings.NAME);
    return out.map(path -> RunDirectory.take(hadoop, path))
        .or(() -> application.map(id -> RunDirectory.takeNamed(hadoop, RUNS, id, name)))
        .orElseGet(() -> RunDirectory.createNamed(hadoop, RUNS, began, name));
  }

  private Optional<SavedResult> result() throws IOException {
    return directory.holds(RunDirectory.RESULT)
        ? Optional.of(
            ResultJson.read(
                directory + "/" + RunDirectory.RESULT, directory.readText(RunDirectory.RESULT)))
        : Optional.empty();
  }

  private static boolean ended(SavedResult result) {
    return ended(result.status());
  }

  private static boolean ended(RunStatus status) {
    return status != RunStatus.FAILED && status != RunStatus.INTERRUPTED;
  }

  private static RunIdentity identity(SavedResult result) {
    return new RunIdentity(
        result.settings(),
        result.data().checksum(),
        result.environment().processor(),
        "",
        List.of());
  }

  /** Settings that change the result are said all at once. */
  private void requireSomethingToGoOnWith() throws IOException {
    List<String> problems = new ArrayList<>();
    before.ifPresent(run -> problems.addAll(run.problemsWith(asked)));
    if (before.isEmpty() && asked.find(TrainSettings.RESUME).isPresent()) {
      problems.add(
          "--resume %s: expected a run with a checkpoint, found none; give --out to train from the start"
              .formatted(directory));
    }
    if (before.isEmpty()
        && status.isEmpty()
        && !asked.isOn(TrainSettings.OVERWRITE)
        && directory.holdsRun()) {
      problems.add(
          "--out %s: expected a directory without a run, or a run to go on with, found a part of one; replace it with --overwrite, or give another --out"
              .formatted(directory));
    }
    if (isEnded() && asksForMoreEpochs() && start.isEmpty()) {
      problems.add(
          "--epochs: expected a checkpoint from which the run can go on, found none; train from the start with --overwrite");
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private boolean isEnded() {
    return status.isPresent() && ended(status.get());
  }

  private boolean asksForMoreEpochs() {
    return before.isPresent()
        && asked.isGiven(TrainSettings.EPOCHS)
        && asked.get(TrainSettings.EPOCHS) > before.get().config().epochs();
  }

  /** Where the run's files are. */
  public RunDirectory directory() {
    return directory;
  }

  /** How the run ended that is complete already; empty where there is something left to train. */
  public Optional<RunStatus> finished() {
    boolean nothingLeft = status.filter(RunStatus.DIVERGED::equals).isPresent() || isDone();
    return isEnded() && !asksForMoreEpochs() && nothingLeft ? status : Optional.empty();
  }

  /** A driver may have been killed while it went on with a run that had ended before. */
  private boolean isDone() {
    return start.isEmpty() || start.get().isDone(before.orElseThrow().config());
  }

  /** How far an earlier driver has come; empty for the start. */
  public Optional<Progress> start() {
    return start;
  }

  /** The configuration of the run that is gone on with; empty for a new one. */
  public Optional<RunConfig> configurationBefore() {
    return start.flatMap(there -> before).map(RunIdentity::config);
  }

  /** The checkpoint that the run goes on from, as its model will say; empty for a new one. */
  Optional<ModelOrigin.Parent> parent() {
    return start.map(
        progress -> {
          RunConfig then = before.orElseThrow().config();
          return new ModelOrigin.Parent(
              progress.inWords(then.averaging().roundsPerEpoch()),
              then.epochs(),
              ParametersDigest.sha256(progress.state().parameters()));
        });
  }

  /** What was asked for, and beneath it what the run that is gone on with was resolved to. */
  public GivenSettings settings() {
    return start.flatMap(there -> before).map(run -> run.beneath(asked)).orElse(asked);
  }

  /** Adds why the settings of a run that is gone on with were derived as they are. */
  public ResolvedRun explained(ResolvedRun resolved) {
    Optional<RunIdentity> goesOn = start.flatMap(there -> before);
    preset =
        goesOn
            .map(RunIdentity::preset)
            .orElseGet(() -> ValueReader.written(asked.get(TrainSettings.PRESET)));
    reasons = goesOn.map(RunIdentity::reasons).orElse(resolved.reasons());
    return resolved.withReasons(reasons);
  }

  @Override
  public Progress begin(
      RunConfig config, DataRecord data, Environment environment, Progress fresh) {
    identity =
        RunIdentity.of(config, data.checksum(), environment.processor()).derivedBy(preset, reasons);
    start.flatMap(there -> before).ifPresent(this::requireTheSameData);
    try {
      if (asked.isOn(TrainSettings.OVERWRITE)) {
        checkpoints.deleteAll();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last = start.orElse(fresh);
    isUnwritten = start.isEmpty();
    if (every != CheckpointEvery.NEVER) {
      offer(); // From now on the number of workers is the run's own.
      shown = Optional.of(progress(config, data, environment));
    }
    return last;
  }

  /** The report of a complete run before stays where it is. */
  private RunProgress progress(RunConfig config, DataRecord data, Environment environment) {
    return new RunProgress(
        directory,
        replaces ? directory.below(RunDirectory.UNFINISHED) : directory,
        config,
        reasons,
        data,
        environment,
        RunProgress.thread(),
        System::nanoTime);
  }

  private void requireTheSameData(RunIdentity run) {
    if (!run.dataChecksum().equals(identity.dataChecksum())) {
      throw new ConfigurationException(
          "--data: expected the run's own examples (checksum %s), found others (checksum %s); give the same data, or train from the start with --overwrite"
              .formatted(run.dataChecksum(), identity.dataChecksum()));
    }
    if (!run.kernels().equals(identity.kernels())) {
      String difference =
          "The run began with BLAS kernels for %s and goes on with those for %s: the last bits of its result may differ; OPENBLAS_CORETYPE makes them equal"
              .formatted(String.join(", ", run.kernels()), String.join(", ", identity.kernels()));
      Kernels.tell(difference, asked.isOn(TrainSettings.SAME_BITS), listener);
    }
  }

  @Override
  public void passed(Progress now) {
    last = now;
    isUnwritten = true;
    if (lost != null) {
      throw lost;
    }
    shown.ifPresent(progress -> progress.passed(now));
    writer.problem().ifPresent(listener::notice);
    if (every == CheckpointEvery.ROUND
        || (every == CheckpointEvery.EPOCH && now.rounds().isEmpty())) {
      offer();
    }
    if (isToStop()) {
      throw new RunInterruptedException(
          "stopped by a signal after %s; %s"
              .formatted(
                  now.inWords(identity.config().averaging().roundsPerEpoch()),
                  every == CheckpointEvery.NEVER
                      ? "there is no checkpoint to go on from"
                      : "go on from there with --resume " + directory));
    }
  }

  @Override
  public boolean isToStop() {
    return stop.isAsked();
  }

  @Override
  public Throwable reason(Throwable thrown) {
    return stop.reason(thrown);
  }

  private void requireOwned() throws IOException {
    try {
      owner.requireOwned();
    } catch (ConfigurationException e) {
      lost = e;
      throw e;
    }
  }

  private void offer() {
    if (isUnwritten) {
      writer.offer(new Checkpoint(identity, last));
      isUnwritten = false;
    }
  }

  /**
   * Writes the results of a run that is over. Those of a run before are replaced, unless this one
   * diverged.
   */
  void save(RunResult result) throws IOException {
    finishCheckpoints();
    owner.requireOwned();
    if (replaces && result.status() == RunStatus.DIVERGED) {
      saveAside(result);
      directory.delete(RunDirectory.PROGRESS);
      return;
    }
    result.saveTo(directory);
    directory.delete(RunDirectory.UNFINISHED);
    directory.delete(RunDirectory.PROGRESS);
    checkpoints.keep(1);
  }

  /** Writes what there is of a run that went wrong. A complete run before stays as it is. */
  void savePart(RunResult part) throws IOException {
    if (every != CheckpointEvery.NEVER) {
      offer();
    }
    finishCheckpoints();
    owner.requireOwned();
    if (replaces) {
      saveAside(part);
    } else {
      part.savePartTo(directory);
    }
    directory.delete(RunDirectory.PROGRESS);
  }

  private void saveAside(RunResult part) throws IOException {
    RunDirectory aside = directory.below(RunDirectory.UNFINISHED);
    part.savePartTo(aside);
    listener.notice("The run before is untouched; what there is of this one is in " + aside);
  }

  private void finishCheckpoints() {
    shown.ifPresent(RunProgress::close);
    writer.close();
    writer.problem().ifPresent(listener::notice);
  }

  /** Gives the folder back; one that nothing was written to is deleted. */
  @Override
  public void close() {
    finishCheckpoints();
    owner.close();
    deleteIfEmpty();
  }

  private void deleteIfEmpty() {
    try {
      directory.deleteIfEmpty();
    } catch (IOException e) {
      // An empty folder does no harm.
    }
  }
}
