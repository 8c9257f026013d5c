package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.shardmean.data.VisibleText;
import org.shardmean.metrics.Holm;
import org.shardmean.metrics.McNemar;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.Wilson;
import org.shardmean.run.EpochRecord;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;

/**
 * What the template {@code runs.jte} shows of several runs.
 *
 * @param runs in the order in which they are compared: each with the first
 * @param t the texts, in one language
 * @param n how numbers are written in it
 */
record RunsPage(List<SavedRun> runs, Texts t, Figures n) {
  /** A difference that chance alone brings more seldom is taken for real. */
  static final double SIGNIFICANT = 0.05;

  /** Smaller probabilities are only said to be smaller. */
  private static final double SMALLEST_WRITTEN = 0.0001;

  private static final int MOST_MARKED = 150;
  private static final int LONGEST_NAME = 40;

  RunsPage {
    runs = List.copyOf(runs);
  }

  /** A setting in which the runs differ, with its value in each. */
  record Difference(String option, List<String> values, String name) {}

  /** Its beginning, where it is long. */
  String name(SavedRun run) {
    String name = VisibleText.of(run.record().config().name());
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }

  String folder(SavedRun run) {
    return VisibleText.of(run.folder());
  }

  String names() {
    return t.list(runs.stream().map(this::name).distinct().toList());
  }

  /** What the runs are called in a legend. */
  String label(int run) {
    return t.text("runs.label", run + 1, name(runs.get(run)));
  }

  String interval(Score score) {
    Wilson interval = Wilson.of(score.confusion().correct(), score.examples());
    return t.text("runs.interval", n.percent(interval.low()), n.percent(interval.high()));
  }

  double trainSeconds(SavedRun run) {
    return run.record().epochs().stream().mapToDouble(EpochRecord::trainSeconds).sum();
  }

  List<RunPair> pairs() {
    return IntStream.range(1, runs.size())
        .mapToObj(run -> new RunPair(runs.get(0), runs.get(run), run + 1))
        .toList();
  }

  /** How each run compares with the first, a sentence for each. */
  List<String> findings() {
    List<RunPair> pairs = pairs();
    double[] p =
        Holm.adjusted(
            pairs.stream()
                .map(RunPair::test)
                .flatMap(Optional::stream)
                .mapToDouble(McNemar::pValue)
                .toArray());
    List<String> findings = new ArrayList<>();
    int tested = 0;
    for (RunPair pair : pairs) {
      Optional<McNemar> test = pair.test();
      findings.add(
          test.isPresent() ? finding(pair.number(), test.get(), p[tested++]) : untested(pair));
    }
    return findings;
  }

  private String finding(int number, McNemar test, double p) {
    String images = n.count(test.both() + test.differing() + test.neither());
    String first = n.count(test.firstOnly());
    String second = n.count(test.secondOnly());
    if (test.differing() == 0) {
      return t.text("runs.same", number, 1, images);
    }
    if (p >= SIGNIFICANT) {
      return t.text("runs.open", number, 1, images, second, first, chance(p));
    }
    return test.secondOnly() > test.firstOnly()
        ? t.text("runs.better", number, 1, images, second, first, chance(p))
        : t.text("runs.better", 1, number, images, first, second, chance(p));
  }

  private String untested(RunPair pair) {
    return pair.hasAnswers()
        ? t.text("runs.otherImages", pair.number(), 1)
        : t.text("runs.noAnswers", pair.number(), 1);
  }

  private String chance(double p) {
    return p < SMALLEST_WRITTEN ? t.text("runs.below", n.percent(SMALLEST_WRITTEN)) : n.percent(p);
  }

  /** A number with its sign: +3, −2, 0. */
  String signed(long difference) {
    return (difference > 0 ? "+" : difference < 0 ? "−" : "") + n.count(Math.abs(difference));
  }

  /** Whether several tests were made, so that chance had several attempts. */
  boolean isCorrected() {
    return pairs().stream().filter(pair -> pair.test().isPresent()).count() > 1;
  }

  List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    for (Setting<?> setting : TrainSettings.OF_A_RUN) {
      List<String> values =
          runs.stream().map(run -> setting.writtenIn(run.record().config())).toList();
      boolean isOfThePage = setting.equals(TrainSettings.LANG);
      if (!isOfThePage && values.stream().distinct().count() > 1) {
        differences.add(
            new Difference(
                setting.option(), values.stream().map(VisibleText::of).toList(), setting.key()));
      }
    }
    return differences;
  }

  boolean hasSameData() {
    return runs.stream().map(run -> run.record().data().checksum()).distinct().count() == 1;
  }

  /** Whether there is anything to draw. */
  boolean hasCurves() {
    return runs.stream().anyMatch(run -> !run.record().epochs().isEmpty());
  }

  List<Chart> charts() {
    return List.of(
        chart(t.text("runs.validationLoss"), "validation-loss", false, e -> e.validation().loss()),
        chart(
            t.text("runs.validationAccuracy"),
            "validation-accuracy",
            true,
            e -> e.validation().accuracy()),
        chart(t.text("runs.trainingLoss"), "training-loss", false, e -> e.training().loss()),
        chart(
            t.text("runs.trainingAccuracy"),
            "training-accuracy",
            true,
            e -> e.training().accuracy()));
  }

  private Chart chart(String title, String id, boolean isShare, ToDoubleFunction<EpochRecord> of) {
    List<Chart.Series> series = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      List<EpochRecord> epochs = runs.get(run).record().epochs();
      series.add(
          new Chart.Series(
              label(run),
              "c" + run,
              look(run, epochs.size()),
              epochs.stream()
                  .map(epoch -> Chart.Value.at(epoch.epoch(), of.applyAsDouble(epoch)))
                  .toList()));
    }
    Axis axis =
        isShare
            ? Axis.covering(Math.min(0.99, values(series).min().orElse(0)), 1)
            : Axis.covering(0, values(series).max().orElse(1));
    int decimals = isShare ? Math.max(0, axis.decimals() - 2) : axis.decimals();
    return Chart.of(
        new Chart.Words(
            "chart-" + id,
            title,
            description(series, isShare),
            t.text("learning.epoch"),
            (one, value) ->
                t.text(
                    "learning.dot",
                    Math.round(value.x()),
                    one.name(),
                    written(value.y(), isShare))),
        Chart.Scale.ofEpochs(
            Math.max(1, series.stream().mapToInt(one -> one.values().size()).max().orElse(1))),
        Chart.Scale.of(
            axis, value -> isShare ? n.percent(value, decimals) : n.decimal(value, decimals)),
        series);
  }

  /** The last value of every run, in words. */
  private String description(List<Chart.Series> series, boolean isShare) {
    return t.list(
        series.stream()
            .filter(one -> !one.values().isEmpty())
            .map(
                one ->
                    t.text(
                        "learning.dot",
                        one.values().size(),
                        one.name(),
                        written(one.values().get(one.values().size() - 1).y(), isShare)))
            .toList());
  }

  private static Chart.Look look(int run, int epochs) {
    if (epochs > MOST_MARKED) {
      return Chart.Look.LINE;
    }
    return run % 2 == 0 ? Chart.Look.DOTS : Chart.Look.SQUARES;
  }

  private String written(double value, boolean isShare) {
    return isShare ? n.percent(value) : n.loss(value);
  }

  private static DoubleStream values(List<Chart.Series> series) {
    return series.stream()
        .flatMap(one -> one.values().stream())
        .mapToDouble(Chart.Value::y)
        .filter(Double::isFinite);
  }
}
