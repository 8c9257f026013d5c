package org.shardmean.jobs.train;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.shardmean.RunFolder;
import org.shardmean.jobs.console.Columns;
import org.shardmean.jobs.console.ModelSummary;
import org.shardmean.jobs.console.ProgressBar;
import org.shardmean.jobs.console.ResidualsLine;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.metrics.Residuals;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.report.Figures;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.FitDiagnosis;
import org.shardmean.run.Language;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.spark.RoundMemory;

/**
 * Shows a run as people know it from Keras: the model first, then a line for each epoch. On a
 * terminal the line grows with every round; elsewhere it is written once, when the epoch is over.
 */
final class EpochConsole implements RunListener {
  /** Back to the line's beginning, and everything on it away (ECMA-48, EL). */
  private static final String REWRITE = "\r\u001b[K";

  private final PrintStream out;
  private final Charset charset;
  private final boolean live;
  private final ProgressBar bar;

  private Texts t;
  private RunConfig config;
  private Optional<String> workersReason = Optional.empty();
  private Optional<String> folderLine = Optional.empty();
  private TrainingScore soFar = TrainingScore.EMPTY;
  private double seconds;
  private boolean lineIsOpen;

  /**
   * @param charset what {@code out} writes
   * @param live whether a line can be written over
   * @param language until the run's own is known; English where the charset cannot write it
   */
  EpochConsole(PrintStream out, Charset charset, boolean live, Language language) {
    this.out = out;
    this.charset = charset;
    this.live = live;
    this.bar = ProgressBar.forCharset(charset);
    this.t = Terminal.texts(language, charset);
  }

  static EpochConsole onStandardOutput(Map<String, String> environment, Language language) {
    Terminal terminal = Terminal.of(environment);
    return new EpochConsole(System.out, terminal.charset(), terminal.live(), language);
  }

  @Override
  public synchronized void waiting(String whatFor) {
    line(whatFor);
  }

  @Override
  public synchronized void disturbed(RunEvent event) {
    line(RecordedSentences.in(t, event.line()));
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
    t = Terminal.texts(run.config().language(), charset);
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
                    t.text(
                        "console.workers",
                        run.config().averaging().workers(),
                        RecordedSentences.in(t, reason)));
    folderLine = Optional.of(t.text("console.folder", WrittenTo.path(folder.directory())));
  }

  /** What a run goes on from, and what a longer run does to its learning rate. */
  private List<String> goesOn(Progress start, RunConfig before, RunConfig now) {
    int rounds = now.averaging().roundsPerEpoch();
    List<String> lines = new ArrayList<>();
    lines.add(t.text("console.goingOn", RecordedSentences.in(t, start.inWords(rounds))));
    if (now.epochs() != before.epochs()) {
      double done = start.epochs().size() + (double) start.rounds().size() / rounds;
      lines.add(
          t.text(
              "console.longer",
              now.epochs(),
              before.epochs(),
              t.number("%.4g", now.local().rate().at(done / now.epochs())),
              t.number("%.4g", before.local().rate().at(done / before.epochs()))));
    }
    return lines;
  }

  /** Says that there is nothing left to train. */
  void finishedBefore(RunFolder folder) {
    out.println(t.text("console.endedBefore"));
    out.println(reportLine(folder.directory()));
    out.println(t.text("console.howToGoOn"));
    out.flush();
  }

  @Override
  public void started(RunConfig config, DataRecord data, Environment environment) {
    this.config = config;
    t = Terminal.texts(config.language(), charset).ofRows(data.isOfRows());
    ModelSummary.of(config.model(), t).lines().forEach(out::println);
    out.println();
    out.println(dataLine(data));
    out.println(trainingLine(config, environment));
    if (RoundMemory.of(config, environment.cores(), environment.executors()).isSliced()) {
      out.println(t.text("console.sliced"));
    }
    workersReason.ifPresent(out::println);
    folderLine.ifPresent(out::println);
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
    line("*** " + RecordedSentences.in(t, notice) + " ***");
  }

  /**
   * Says how the run ended and where its report is.
   *
   * @param residuals how far answers with numbers are from each target
   */
  void finished(RunRecord result, List<Residuals> residuals, RunDirectory directory) {
    out.println();
    if (result.status() == RunStatus.STOPPED_EARLY) {
      out.println(
          t.text("console.stoppedEarly", result.epochs().size(), result.config().patience()));
    }
    result.best().ifPresent(best -> out.println(bestLine(best, result.kept().orElse(best))));
    residuals.forEach(one -> out.println(ResidualsLine.ofValidation(one, t)));
    result.test().ifPresent(test -> out.println(testLine(test)));
    fitLine(result.epochs(), result.config().patience() > 0).ifPresent(out::println);
    out.println(reportLine(directory));
    out.flush();
  }

  /** Of the epoch whose network was saved, and of the best one, if that is another. */
  String bestLine(EpochRecord best, EpochRecord saved) {
    boolean isOfClasses = best.validation().isOfClasses();
    if (saved.epoch() == best.epoch() || merit(saved).equals(merit(best))) {
      return isOfClasses
          ? t.text("console.best", saved.epoch(), merit(saved))
          : t.text("console.bestError", saved.epoch(), merit(saved));
    }
    return isOfClasses
        ? t.text("console.saved", saved.epoch(), merit(saved), best.epoch(), merit(best))
        : t.text("console.savedError", saved.epoch(), merit(saved), best.epoch(), merit(best));
  }

  private String merit(EpochRecord epoch) {
    Score validation = epoch.validation();
    return validation.isOfClasses()
        ? t.number("%.2f", 100 * validation.accuracy())
        : error(validation.loss());
  }

  private String testLine(Score test) {
    return test.isOfClasses()
        ? t.text("console.test", t.number("%.2f", 100 * test.accuracy()))
        : t.text("console.testError", error(test.loss()));
  }

  private String reportLine(RunDirectory directory) {
    return t.text("console.report", WrittenTo.path(directory, RunDirectory.REPORT));
  }

  /**
   * Names over- and underfitting; there is nothing to say of a run that shows neither.
   *
   * @param keepsBest whether the best epoch is kept already
   */
  Optional<String> fitLine(List<EpochRecord> epochs, boolean keepsBest) {
    FitDiagnosis fit = FitDiagnosis.of(epochs);
    return switch (fit.kind()) {
      case OVERFITTING -> {
        String least = loss(epochs.get(fit.lowest() - 1), EpochRecord::validationLoss);
        String last = loss(epochs.get(epochs.size() - 1), EpochRecord::validationLoss);
        yield Optional.of(
            keepsBest
                ? t.text("console.overfittingKept", fit.lowest(), least, last)
                : t.text("console.overfitting", fit.lowest(), least, last));
      }
      case TENDING_TO_OVERFIT ->
          Optional.of(
              t.text(
                  "console.tendingToOverfit",
                  loss(epochs.get(epochs.size() - 1), EpochRecord::trainingLoss),
                  loss(epochs.get(epochs.size() - 1), EpochRecord::validationLoss)));
      case UNDERFITTING -> Optional.of(t.text("console.underfitting"));
      case TOO_EARLY, DIVERGED, NEITHER -> Optional.empty();
    };
  }

  private String dataLine(DataRecord data) {
    if (data.isOfRows() && !config.model().isClassifier()) {
      return t.text(
          "console.dataNumbers",
          data.name(),
          t.number("%,d", data.trainExamples()),
          t.number("%,d", data.validationExamples()),
          t.number("%,d", data.width()));
    }
    return t.text(
        "console.data",
        data.name(),
        t.number("%,d", data.trainExamples()),
        t.number("%,d", data.validationExamples()),
        data.height(),
        data.width(),
        data.classes());
  }

  private String trainingLine(RunConfig config, Environment environment) {
    return t.text(
        "console.training",
        t.counted("console.countWorkers", config.averaging().workers()),
        environment.master(),
        t.counted("console.countSlots", environment.cores()),
        t.counted("console.countRounds", config.averaging().roundsPerEpoch()),
        config.local().batchSize(),
        ValueReader.written(config.local().optimizer()),
        new Figures(t.locale()).exact(config.local().rate().peak()),
        ValueReader.written(config.local().engine()),
        config.seed());
  }

  private String head(int epoch) {
    int width = String.valueOf(config.epochs()).length();
    String padded = Columns.right(String.valueOf(epoch), width);
    return t.text("console.epoch", padded, config.epochs()) + " ";
  }

  private String pace(double seconds, double imagesPerSecond) {
    return " "
        + t.text("console.pace", t.number("%5.1f", seconds), t.number("%,8.0f", imagesPerSecond));
  }

  private String loss(EpochRecord epoch, ToDoubleFunction<EpochRecord> which) {
    double loss = which.applyAsDouble(epoch);
    return epoch.validation().isOfClasses() ? t.number("%.4f", loss) : error(loss);
  }

  /** Of pixels from 0 to 1. */
  private String error(double error) {
    return t.number("%.5f", error);
  }

  private String training(TrainingScore score) {
    if (!config.model().isClassifier()) {
      return " - " + t.text("console.error", error(score.loss()));
    }
    String loss = t.number("%.4f", score.loss());
    return " - " + t.text("console.scores", loss, t.number("%.4f", score.accuracy()));
  }

  private String validation(Score score) {
    if (!score.isOfClasses()) {
      return " - " + t.text("console.validationError", error(score.loss()));
    }
    String loss = t.number("%.4f", score.loss());
    return " - " + t.text("console.validationScores", loss, t.number("%.4f", score.accuracy()));
  }
}
