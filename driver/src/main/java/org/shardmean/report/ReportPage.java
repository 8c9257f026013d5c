package org.shardmean.report;

import java.util.List;
import java.util.stream.Stream;
import org.shardmean.data.VisibleText;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.model.ParameterLayout;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.run.TimeSplit;

/**
 * What the templates show of a run.
 *
 * @param t the texts, in one language
 * @param n how numbers are written in it
 */
record ReportPage(RunRecord run, ReportExamples examples, Texts t, Figures n) {
  /** The sections, by their ids in the page. */
  static final List<String> SECTIONS =
      List.of("data", "network", "learning", "epochs", "confusion", "examples", "time", "settings");

  /** Units of the first layer that are shown at most. */
  static final int MOST_WEIGHT_IMAGES = 128;

  /** Mistakes that are named at most. */
  private static final int MOST_MISTAKES = 3;

  /** The parts of an epoch's time, as they are stacked. */
  static final List<String> TIME_PARTS = List.of("compute", "waiting", "sync", "evaluation");

  String name() {
    return VisibleText.of(run.config().name());
  }

  String dataName() {
    return VisibleText.of(run.data().name());
  }

  boolean isBest(EpochRecord epoch) {
    return run.best().stream().anyMatch(best -> best.epoch() == epoch.epoch());
  }

  boolean endedWell() {
    return run.status() == RunStatus.COMPLETED || run.status() == RunStatus.STOPPED_EARLY;
  }

  /** What the validation examples are, in a word or two. */
  String validationName() {
    return t.text(run.config().validation().onTest() ? "validation.test" : "validation.heldOut");
  }

  /** Seconds of training over all epochs. */
  double trainSeconds() {
    return run.epochs().stream().mapToDouble(EpochRecord::trainSeconds).sum();
  }

  /** Training examples a second of training, over all epochs. */
  double imagesPerSecond() {
    return run.epochs().stream().mapToLong(epoch -> epoch.training().examples()).sum()
        / trainSeconds();
  }

  /** Whether every epoch trained on as many examples as there are. */
  boolean everyExampleOnce() {
    return run.epochs().stream()
        .allMatch(epoch -> epoch.training().examples() == run.data().trainExamples());
  }

  NetworkTable network() {
    return NetworkTable.of(run.config().model());
  }

  /** The first layer's units as images; none when its inputs are not the pixels. */
  List<String> weightImages() {
    int height = run.data().height();
    int width = run.data().width();
    ParameterLayout layout = new ParameterLayout(run.config().model());
    return layout.inputs(0) == height * width && run.parameters().length == layout.size()
        ? FirstLayer.of(layout, run.parameters()).images(height, width, MOST_WEIGHT_IMAGES)
        : List.of();
  }

  LearningCurves learning() {
    return new LearningCurves(run.epochs(), t, n);
  }

  /** The most frequent mistakes of an epoch, in words. */
  String mistakes(ConfusionMatrix confusion) {
    List<String> named =
        ShadedMatrix.mistakes(confusion, MOST_MISTAKES).stream()
            .map(m -> t.text("confusion.mistake", m.actual(), m.predicted(), n.count(m.count())))
            .toList();
    return named.isEmpty()
        ? t.text("confusion.noMistake")
        : t.text("confusion.mistakes", String.join(", ", named));
  }

  List<ShownExample> shown(List<ClassifiedExample> wanted) {
    return wanted.stream()
        .map(example -> ShownExample.of(example, examples.height(), examples.width()))
        .toList();
  }

  /** An example's probabilities in words. */
  String spoken(ShownExample shown) {
    return t.text(
        "examples.spoken",
        String.join(
            ", ",
            shown.columns().stream()
                .map(c -> t.text("examples.column", c.label(), n.percent(c.probability(), 1)))
                .toList()));
  }

  /** The time of all epochs together. */
  TimeSplit time() {
    return run.epochs().stream().map(EpochRecord::time).reduce(TimeSplit.ZERO, TimeSplit::plus);
  }

  StackedBars timeBars() {
    return StackedBars.of(
        TIME_PARTS, run.epochs().stream().map(epoch -> parts(epoch.time())).toList());
  }

  private static double[] parts(TimeSplit time) {
    return Stream.of(time.compute(), time.waiting(), time.sync(), time.evaluation())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  List<ResolvedSetting> settings() {
    return ResolvedSetting.of(run.config(), run.reasons());
  }

  List<String> otherReasons() {
    return ResolvedSetting.otherReasons(run.reasons());
  }
}
