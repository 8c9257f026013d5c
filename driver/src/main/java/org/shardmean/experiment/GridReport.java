package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.shardmean.data.VisibleText;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.RoundTimeModel;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.report.Chart;
import org.shardmean.report.Figures;
import org.shardmean.report.PageCode;
import org.shardmean.report.StackedBars;
import org.shardmean.report.Templates;
import org.shardmean.run.FitDiagnosis;
import org.shardmean.run.TimeSplit;

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
  private final Figures n = new Figures(Locale.ENGLISH);

  private GridReport(GridResult result) {
    this.result = requireNonNull(result, "result");
    this.curves = result.curves();
  }

  /** The page. */
  public static String render(GridResult result) {
    return Templates.render("experiment/grid.jte", new GridReport(result), PageCode.PLAIN);
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

  /** How numbers are written. */
  Figures n() {
    return n;
  }

  String name() {
    return VisibleText.of(result.grid().name());
  }

  GridCharts charts() {
    return new GridCharts(curves, result.across(), n);
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
    List<SetupLearning> drawn = drawn();
    return List.of(
        GridCharts.learning(
            "validation-accuracy",
            "Accuracy on the validation images",
            drawn,
            PointRecord::accuracies,
            true,
            n),
        GridCharts.learning(
            "training-accuracy",
            "Accuracy on the training images",
            drawn,
            run -> run.learning().trainAccuracies(),
            true,
            n),
        GridCharts.learning(
            "validation-loss",
            "Loss on the validation images",
            drawn,
            run -> run.learning().validationLosses(),
            false,
            n),
        GridCharts.learning(
            "training-loss",
            "Loss on the training images",
            drawn,
            run -> run.learning().trainLosses(),
            false,
            n));
  }

  /** Settings in which setups differ beside those that name them, with the values of each. */
  Map<String, List<String>> otherDifferences() {
    Map<String, List<String>> differences = SetupLearning.differences(learning());
    result.grid().setups().get(0).varied().keySet().forEach(differences::remove);
    return differences;
  }

  String nameOf(SetupLearning one) {
    String name = one.setup().inWords();
    return VisibleText.of(name.isEmpty() ? "all" : name);
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
    add(parts, one.diverged().size(), one.runs(), "diverged");
    add(parts, one.failed(), one.runs(), "failed");
    return parts.isEmpty() ? "–" : String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, int runs, String what) {
    if (count > 0) {
      parts.add(count == runs ? what : "%s in %d of %d runs".formatted(what, count, runs));
    }
  }

  private static String inWords(FitDiagnosis.Kind kind) {
    return switch (kind) {
      case TOO_EARLY -> "too few epochs to tell";
      case DIVERGED -> "a loss is no number";
      case OVERFITTING -> "overfits";
      case TENDING_TO_OVERFIT -> "tends to overfit";
      case UNDERFITTING -> "was still learning";
      case NEITHER -> "levelled off";
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
    String name = setup.id().replace('_', ' ');
    return VisibleText.of(name.isEmpty() ? "all" : name);
  }

  String seeds() {
    return result.grid().seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** A mean with its standard deviation, in percent. */
  String percents(SetupAccuracy.Figure figure) {
    return Double.isNaN(figure.deviation())
        ? n.percent(figure.mean())
        : "%s ± %s".formatted(n.percent(figure.mean()), n.decimal(100 * figure.deviation(), 2));
  }

  boolean isBest(SetupAccuracy one) {
    return SetupAccuracy.best(result.accuracy()).equals(java.util.Optional.of(one));
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
    return n.decimal(spread.median(), decimals)
        + (spread.most() > spread.least()
            ? " (%s–%s)"
                .formatted(n.decimal(spread.least(), decimals), n.decimal(spread.most(), decimals))
            : "");
  }

  String toTarget(Level level) {
    return level.toTarget().isReached()
        ? "%s (%s–%s)"
            .formatted(
                n.seconds(level.toTarget().seconds()),
                n.seconds(level.toTarget().likely().low()),
                Double.isFinite(level.toTarget().likely().high())
                    ? n.seconds(level.toTarget().likely().high())
                    : "never")
        : "not reached";
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
      return "Fewer than %d setups have these settings, so there is no model."
          .formatted(RoundTimeModel.LEAST_SETUPS);
    }
    Curve.Expected last = curve.expected().get(curve.expected().size() - 1);
    return said(last)
        + curve
            .fastest()
            .map(fastest -> "; fastest, of all up to there, is " + said(fastest))
            .orElse("; more are faster up to there")
        + ".";
  }

  private String said(Curve.Expected one) {
    return "%d %s: %s times as fast as the first row (nine of ten runs: %s to %s)"
        .formatted(
            one.across(),
            result.across(),
            n.decimal(one.speedup(), 2),
            n.decimal(one.likely().low(), 2),
            n.decimal(one.likely().high(), 2));
  }
}
