package org.shardmean.jobs.train;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shardmean.RunFolder;
import org.shardmean.jobs.console.ModelSummary;
import org.shardmean.jobs.console.ProgressBar;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.FitDiagnosis;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunRecord;
import org.shardmean.run.Sentence;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/**
 * Shows a run as people know it from Keras: the model first, then a line for each epoch. On a
 * terminal the line grows with every round; elsewhere it is written once, when the epoch is over.
 */
final class EpochConsole implements RunListener {
  /** Back to the line's beginning, and everything on it away (ECMA-48, EL). */
  private static final String REWRITE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean live;
  private final ProgressBar bar;

  private RunConfig config;
  private Optional<String> workersReason = Optional.empty();
  private TrainingScore soFar = TrainingScore.EMPTY;
  private double seconds;
  private boolean lineIsOpen;

  /**
   * @param charset what {@code out} writes
   * @param live whether a line can be written over
   */
  EpochConsole(PrintStream out, Charset charset, boolean live) {
    this.out = out;
    this.live = live;
    this.bar = ProgressBar.forCharset(charset);
  }

  static EpochConsole onStandardOutput(Map<String, String> environment) {
    Terminal terminal = Terminal.of(environment);
    return new EpochConsole(System.out, terminal.charset(), terminal.live());
  }

  @Override
  public synchronized void waiting(String whatFor) {
    line(whatFor);
  }

  @Override
  public synchronized void disturbed(RunEvent event) {
    line(event.line());
  }

  private void line(String text) {
    if (lineIsOpen) {
      out.println();
      lineIsOpen = false;
    }
    out.println(text);
    out.flush();
  }

  /**
   * Remembers where the number of workers comes from, if it was not given, and says what the run
   * goes on from.
   */
  void resolved(ResolvedRun run, RunFolder folder) {
    folder
        .start()
        .ifPresent(
            start ->
                goesOn(start, folder.configurationBefore().orElseThrow(), run.config())
                    .forEach(out::println));
    workersReason =
        run.reason(TrainSettings.WORKERS)
            .map(
                reason ->
                    Sentence.of(
                        "Workers: %d, derived from %s",
                        run.config().averaging().workers(), reason));
  }

  /** What a run goes on from, and what a longer run does to its learning rate. */
  static List<String> goesOn(Progress start, RunConfig before, RunConfig now) {
    int rounds = now.averaging().roundsPerEpoch();
    List<String> lines = new ArrayList<>();
    lines.add("Going on after %s".formatted(start.inWords(rounds)));
    if (now.epochs() != before.epochs()) {
      double done = start.epochs().size() + (double) start.rounds().size() / rounds;
      lines.add(
          Sentence.of(
              "Epochs: %d instead of %d. By its schedule the learning rate goes on at %.4g; in the shorter run it was %.4g here. A run of %d epochs from the start would end in other bits",
              now.epochs(),
              before.epochs(),
              now.local().rate().at(done / now.epochs()),
              before.local().rate().at(done / before.epochs()),
              now.epochs()));
    }
    return lines;
  }

  /** Says that there is nothing left to train. */
  void finishedBefore(RunFolder folder) {
    out.println("This run has ended already; it is not trained again.");
    out.println("Report: " + WrittenTo.path(folder.directory(), RunDirectory.REPORT));
    out.println("More --epochs go on with it, --overwrite trains it from the start.");
    out.flush();
  }

  @Override
  public void started(RunConfig config, DataRecord data, Environment environment) {
    this.config = config;
    ModelSummary.of(config.model()).lines().forEach(out::println);
    out.println();
    out.println(dataLine(data));
    out.println(trainingLine(config, environment));
    workersReason.ifPresent(out::println);
    out.println();
    out.flush();
  }

  @Override
  public synchronized void roundEnded(RoundRecord round) {
    if (round.round() == 1) {
      soFar = TrainingScore.EMPTY;
      seconds = 0;
    }
    soFar = soFar.plus(round.score());
    seconds += round.time().total();
    if (live) {
      int rounds = config.averaging().roundsPerEpoch();
      out.print(
          REWRITE
              + head(round.epoch())
              + bar.drawn(round.round(), rounds)
              + " %d/%d".formatted(round.round(), rounds)
              + pace(seconds, soFar.examples() / seconds)
              + training(soFar));
      out.flush();
      lineIsOpen = true;
    }
  }

  @Override
  public synchronized void epochEnded(EpochRecord epoch) {
    out.println(
        (lineIsOpen ? REWRITE : "")
            + head(epoch.epoch())
            + bar.drawn(1, 1)
            + pace(epoch.seconds(), epoch.imagesPerSecond())
            + training(epoch.training())
            + validation(epoch.validation()));
    out.flush();
    lineIsOpen = false;
  }

  @Override
  public synchronized void notice(String notice) {
    line("*** " + notice + " ***");
  }

  /** Says how the run ended and where its report is. */
  void finished(RunRecord result, RunDirectory directory) {
    out.println();
    result
        .best()
        .ifPresent(
            best ->
                out.println(
                    Sentence.of(
                        "Best epoch %d: validation accuracy %.2f%%",
                        best.epoch(), 100 * best.validation().accuracy())));
    result
        .test()
        .ifPresent(test -> out.println(Sentence.of("Test accuracy %.2f%%", 100 * test.accuracy())));
    fitLine(result.epochs()).ifPresent(out::println);
    out.println("Report: " + WrittenTo.path(directory, RunDirectory.REPORT));
    out.flush();
  }

  /** Names over- and underfitting; there is nothing to say of a run that shows neither. */
  static Optional<String> fitLine(List<EpochRecord> epochs) {
    FitDiagnosis fit = FitDiagnosis.of(epochs);
    return switch (fit.kind()) {
      case OVERFITTING ->
          Optional.of(
              Sentence.of(
                  "Overfitting since epoch %d: the training loss still fell while the validation"
                      + " loss rose from %.4f to %.4f; --patience keeps the best epoch",
                  fit.lowest(),
                  epochs.get(fit.lowest() - 1).validation().loss(),
                  epochs.get(epochs.size() - 1).validation().loss()));
      case TENDING_TO_OVERFIT ->
          Optional.of(
              Sentence.of(
                  "Beginning to overfit: the training loss, %.4f, is less than half the validation loss,"
                      + " %.4f",
                  epochs.get(epochs.size() - 1).training().loss(),
                  epochs.get(epochs.size() - 1).validation().loss()));
      case UNDERFITTING ->
          Optional.of(
              "Underfitting: both losses were still falling; more --epochs would probably help");
      case TOO_EARLY, DIVERGED, NEITHER -> Optional.empty();
    };
  }

  private static String dataLine(DataRecord data) {
    return Sentence.of(
        "Data: %s, %,d training and %,d validation images of %dx%d, %d classes",
        data.name(),
        data.trainExamples(),
        data.validationExamples(),
        data.height(),
        data.width(),
        data.classes());
  }

  private static String trainingLine(RunConfig config, Environment environment) {
    return Sentence.of(
        "Training: %s on %s (%s), %s an epoch, batch %d, %s at %s, engine %s," + " seed %d",
        Sentence.counted(config.averaging().workers(), "worker"),
        environment.master(),
        Sentence.counted(environment.cores(), "task slot"),
        Sentence.counted(config.averaging().roundsPerEpoch(), "round"),
        config.local().batchSize(),
        ValueReader.written(config.local().optimizer()),
        config.local().rate().peak(),
        ValueReader.written(config.local().engine()),
        config.seed());
  }

  private String head(int epoch) {
    int width = String.valueOf(config.epochs()).length();
    return ("Epoch %" + width + "d/%d ").formatted(epoch, config.epochs());
  }

  private static String pace(double seconds, double imagesPerSecond) {
    return Sentence.of(" %5.1fs %,8.0f img/s", seconds, imagesPerSecond);
  }

  private static String training(TrainingScore score) {
    return Sentence.of(" - loss: %.4f - acc: %.4f", score.loss(), score.accuracy());
  }

  private static String validation(Score score) {
    return Sentence.of(" - val_loss: %.4f - val_acc: %.4f", score.loss(), score.accuracy());
  }
}
