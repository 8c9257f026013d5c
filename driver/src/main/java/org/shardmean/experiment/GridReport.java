package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.shardmean.data.VisibleText;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.RoundTimeModel;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.report.Chart;
import org.shardmean.report.Figures;
import org.shardmean.report.PageCode;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.StackedBars;
import org.shardmean.report.Templates;
import org.shardmean.report.Texts;
import org.shardmean.run.FitDiagnosis;
import org.shardmean.run.Language;
import org.shardmean.run.TimeSplit;
import org.shardmean.settings.TrainSettings;

/**
 * A grid's {@code report.html}: one file that needs no network and runs no script, in the style of
 * a run's report. The template {@code grid.jte} draws it from what is here.
 */
public final class GridReport {
  /** The parts of an epoch's time, as they are stacked. */
  static final List<String> TIME_PARTS = List.of("compute", "waiting", "sync", "evaluation");

  /** Setups whose learning curves are drawn: as many as can be told apart. */
  static final int MOST_LEARNING = 8;

  /** Grids of the history that are listed at most, the latest. */
  private static final int MOST_GRIDS = 20;

  private final GridResult result;
  private final List<Curve> curves;
  private final Texts t;
  private final Figures n;

  private GridReport(GridResult result, Texts t) {
    this.result = requireNonNull(result, "result");
    this.t = t;
    this.n = new Figures(t.locale());
    this.curves = result.curves();
  }

  /** The page. */
  public static String render(GridResult result, Language language) {
    return Templates.render(
        "experiment/grid.jte", new GridReport(result, Texts.of(language)), PageCode.PLAIN);
  }

  GridResult result() {
    return result;
  }

  List<Curve> curves() {
    return curves;
  }

  List<Level> levels() {
    return curves.stream().flatMap(curve -> curve.levels().stream()).toList();
  }

  /** The page's texts. */
  Texts t() {
    return t;
  }

  /** How numbers are written. */
  Figures n() {
    return n;
  }

  String name() {
    return VisibleText.of(result.grid().name());
  }

  /** What the setups were trained on, as the grid's file names it. */
  String data() {
    return VisibleText.of(t.list(dataNames()));
  }

  /** Whether some of it is digits that the program has drawn. */
  boolean isGenerated() {
    return dataNames().stream().anyMatch(name -> name.startsWith("generated:"));
  }

  private List<String> dataNames() {
    return result.grid().setups().stream().map(GridPoint.Setup::data).distinct().toList();
  }

  GridCharts charts() {
    return new GridCharts(curves, result.across(), t, n);
  }

  /** How each setup learned. */
  List<SetupLearning> learning() {
    return result.learning();
  }

  boolean hasLearning() {
    return learning().stream().anyMatch(SetupLearning::hasCurve);
  }

  /** The setups whose curves are drawn. */
  List<SetupLearning> drawn() {
    List<SetupLearning> known = learning().stream().filter(SetupLearning::hasCurve).toList();
    return known.subList(0, Math.min(MOST_LEARNING, known.size()));
  }

  /** Accuracy and loss over the epochs, on validation and on training images. */
  List<Chart> learningCharts() {
    LearningCharts charts = new LearningCharts(drawn(), t, n);
    return List.of(
        charts.shares(
            "validation-accuracy", t.text("grid.validationAccuracy"), PointRecord::accuracies),
        charts.shares(
            "training-accuracy",
            t.text("grid.trainingAccuracy"),
            run -> run.learning().trainAccuracies()),
        charts.losses(
            "validation-loss",
            t.text("grid.validationLoss"),
            run -> run.learning().validationLosses()),
        charts.losses(
            "training-loss", t.text("grid.trainingLoss"), run -> run.learning().trainLosses()));
  }

  /** Settings in which setups differ beside those that name them, with the values of each. */
  Map<String, List<String>> otherDifferences() {
    Map<String, List<String>> differences = SetupLearning.differences(learning());
    result.grid().setups().get(0).varied().keySet().forEach(differences::remove);
    return differences;
  }

  String nameOf(SetupLearning one) {
    return named(one.setup().inWords());
  }

  private String named(String name) {
    return VisibleText.of(name.isEmpty() ? t.text("grid.allSetups") : name);
  }

  /** A setup's mean with its deviation, or what became of its runs instead. */
  String percents(SetupLearning one, ToDoubleFunction<PointRecord> figure) {
    return one.done().isEmpty() ? "–" : percents(one.figure(figure));
  }

  String trainAccuracy(SetupLearning one) {
    return one.done().stream().allMatch(run -> run.learning().isKnown())
        ? percents(one, GridReport::lastTrainAccuracy)
        : "–";
  }

  private static double lastTrainAccuracy(PointRecord run) {
    List<Double> accuracies = run.learning().trainAccuracies();
    return accuracies.get(accuracies.size() - 1);
  }

  /** What the curves of a setup's runs show, such as {@code overfits in 2 of 3 runs}. */
  String shown(SetupLearning one) {
    List<String> parts = new ArrayList<>();
    for (FitDiagnosis.Kind kind : FitDiagnosis.Kind.values()) {
      add(parts, one.count(kind), one.runs(), inWords(kind));
    }
    add(parts, one.diverged().size(), one.runs(), t.text("grid.runDiverged"));
    add(parts, one.failed(), one.runs(), t.text("grid.runFailed"));
    return parts.isEmpty() ? "–" : t.list(parts);
  }

  private void add(List<String> parts, long count, int runs, String what) {
    if (count > 0) {
      parts.add(count == runs ? what : t.text("grid.seenIn", what, count, runs));
    }
  }

  private String inWords(FitDiagnosis.Kind kind) {
    return switch (kind) {
      case TOO_EARLY -> t.text("grid.tooEarly");
      case DIVERGED -> t.text("grid.lossNoNumber");
      case OVERFITTING -> t.text("grid.overfits");
      case TENDING_TO_OVERFIT -> t.text("grid.tendsToOverfit");
      case UNDERFITTING -> t.text("grid.underfits");
      case NEITHER -> t.text("grid.levelledOff");
    };
  }

  boolean hasSpeedCurves() {
    return curves.stream().anyMatch(curve -> curve.levels().size() > 1);
  }

  boolean hasTarget() {
    return !Double.isNaN(result.grid().targetAccuracy());
  }

  boolean hasPrice() {
    return result.pricePerCoreHour() > 0;
  }

  int done() {
    return result.points().size() - result.failed().size() - result.diverged().size();
  }

  /** A setup in words: what it does not share with all others. */
  String name(Setup setup) {
    return named(setup.id().replace('_', ' '));
  }

  String seeds() {
    return result.grid().seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** A mean with its standard deviation, in percent. */
  String percents(SetupAccuracy.Figure figure) {
    return Double.isNaN(figure.deviation())
        ? n.percent(figure.mean())
        : n.percent(figure.mean()) + " ± " + n.decimal(100 * figure.deviation(), 2);
  }

  boolean isBest(SetupAccuracy one) {
    return SetupAccuracy.best(result.accuracy()).equals(Optional.of(one));
  }

  StackedBars timeBars() {
    List<double[]> bars = new ArrayList<>();
    for (Level level : levels()) {
      TimeSplit time = level.time();
      bars.add(new double[] {time.compute(), time.waiting(), time.sync(), time.evaluation()});
    }
    return StackedBars.of(TIME_PARTS, bars);
  }

  List<PastGrid> trend() {
    List<PastGrid> all = result.trend();
    return all.subList(Math.max(0, all.size() - MOST_GRIDS), all.size());
  }

  double speedOf(PastGrid grid) {
    return GridCharts.geometricMean(
        grid.points().stream()
            .filter(PointRecord::isDone)
            .mapToDouble(PointRecord::imagesPerSecond)
            .toArray());
  }

  double accuracyOf(PastGrid grid) {
    return grid.points().stream()
        .filter(PointRecord::isDone)
        .mapToDouble(PointRecord::finalAccuracy)
        .average()
        .orElse(Double.NaN);
  }

  boolean isBaseline(PastGrid grid) {
    return result.baseline().map(PastGrid::started).stream().anyMatch(grid.started()::equals);
  }

  /** As people know a commit: by its first ten digits. */
  String commit(PastGrid grid) {
    return VisibleText.of(grid.commit()).replaceFirst("^([0-9a-f]{10})[0-9a-f]{30}", "$1");
  }

  /** What all points depend on alike, such as data and versions. */
  Map<String, String> common() {
    return Fingerprint.common(result.points().stream().map(PointRecord::fingerprint).toList());
  }

  String spread(Spread spread, int decimals) {
    String median = n.decimal(spread.median(), decimals);
    return spread.most() > spread.least()
        ? t.text(
            "grid.withRange",
            median,
            n.decimal(spread.least(), decimals),
            n.decimal(spread.most(), decimals))
        : median;
  }

  String toTarget(Level level) {
    return level.toTarget().isReached()
        ? t.text(
            "grid.withRange",
            n.seconds(level.toTarget().seconds()),
            n.seconds(level.toTarget().likely().low()),
            Double.isFinite(level.toTarget().likely().high())
                ? n.seconds(level.toTarget().likely().high())
                : t.text("grid.never"))
        : t.text("grid.notReached");
  }

  String efficiency(Level level) {
    double median = level.efficiency().median();
    return Double.isNaN(median) ? "–" : n.percent(median, 0);
  }

  String serialFraction(Level level) {
    return Double.isNaN(level.serialFraction()) ? "–" : n.percent(level.serialFraction(), 1);
  }

  /** What the model of a round's time expects of a curve, in a sentence. */
  String expected(Curve curve) {
    if (curve.expected().isEmpty()) {
      return t.text("grid.noModel", RoundTimeModel.LEAST_SETUPS);
    }
    String last = said(curve.expected().get(curve.expected().size() - 1));
    return curve
        .fastest()
        .map(fastest -> t.text("grid.expectedFastest", last, said(fastest)))
        .orElseGet(() -> t.text("grid.expectedFaster", last));
  }

  private String said(Curve.Expected one) {
    return t.text(
        "grid.expected",
        result.across().counted(t, one.across()),
        n.decimal(one.speedup(), 2),
        n.decimal(one.likely().low(), 2),
        n.decimal(one.likely().high(), 2));
  }

  /** How many points did not end well. */
  String ended() {
    String failed = n.count(result.failed().size());
    if (!result.diverged().isEmpty()) {
      return t.text("grid.countDivergedAnd", n.count(result.diverged().size()), failed);
    }
    return result.failed().isEmpty()
        ? t.text("grid.noneFailed")
        : t.text("grid.countFailed", failed);
  }

  /** The peak learning rate of a setup. */
  String rate(Setup setup) {
    String rate = setup.settings().getOrDefault(TrainSettings.LEARNING_RATE.name(), "–");
    return rate.equals("–") ? rate : n.exact(Double.parseDouble(rate));
  }

  /** The name of one of {@link #TIME_PARTS}. */
  String timePart(String part) {
    return t.text("time." + part);
  }

  /** What became of a point, in the page's language where it is known in it. */
  String problem(PointRecord point) {
    return VisibleText.of(RecordedSentences.in(t, point.problem()));
  }

  /** An image's time by batch size, for the calibration. */
  String imageTimes() {
    return result.calibration().imageSecondsByBatch().entrySet().stream()
        .map(one -> t.text("grid.imageTime", one.getKey(), n.decimal(one.getValue() * 1e6, 1)))
        .reduce((before, next) -> t.text("said.also", before, next))
        .orElse("");
  }
}
