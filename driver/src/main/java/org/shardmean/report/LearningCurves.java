package org.shardmean.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.FitDiagnosis;

/**
 * How a run learned: loss and accuracy of training and validation, and what they show.
 *
 * @param ofClasses whether there is an accuracy; otherwise the loss is the squared error of a pixel
 */
record LearningCurves(List<EpochRecord> epochs, boolean ofClasses, Texts t, Figures n) {
  private static final int MOST_MARKED = 150;
  private static final String TRAINING = "training";
  private static final String VALIDATION = "validation";

  /** Mean loss of every epoch, from 0 up. */
  Chart loss() {
    return chart(
        "loss",
        Axis.covering(0, highest(e -> e.training().loss(), e -> e.validation().loss())),
        e -> e.training().loss(),
        e -> e.validation().loss(),
        false);
  }

  /** Accuracy of every epoch, up to 1. */
  Chart accuracy() {
    double lowest =
        finite(e -> e.training().accuracy(), e -> e.validation().accuracy()).min().orElse(0);
    return chart(
        "accuracy",
        Axis.covering(Math.min(lowest, 0.99), 1),
        e -> e.training().accuracy(),
        e -> e.validation().accuracy(),
        true);
  }

  /** Whether the run under- or overfits, in a sentence with the figures that say so. */
  String verdict() {
    FitDiagnosis fit = FitDiagnosis.of(epochs);
    if (epochs.isEmpty()) {
      return t.text("fit.NONE");
    }
    EpochRecord last = last();
    EpochRecord lowest = epochs.get(Math.max(1, fit.lowest()) - 1);
    return t.text(
        finding(fit.kind()),
        loss(lowest.training().loss()),
        loss(last.training().loss()),
        loss(lowest.validation().loss()),
        loss(last.validation().loss()),
        fit.lowest(),
        last.epoch(),
        n.percent(last.training().accuracy()),
        n.percent(last.validation().accuracy()),
        loss(epochs.get(Math.max(0, epochs.size() - 2)).training().loss()),
        loss(epochs.get(Math.max(0, epochs.size() - 2)).validation().loss()));
  }

  /** The text; two of them have a form without accuracies. */
  private String finding(FitDiagnosis.Kind kind) {
    boolean isByError = !ofClasses;
    return switch (kind) {
      case TENDING_TO_OVERFIT -> isByError ? "fit.tendingByError" : "fit." + kind;
      case NEITHER -> isByError ? "fit.neitherByError" : "fit." + kind;
      default -> "fit." + kind;
    };
  }

  private String loss(double value) {
    return ofClasses ? n.loss(value) : n.error(value);
  }

  private Chart chart(
      String what,
      Axis axis,
      ToDoubleFunction<EpochRecord> training,
      ToDoubleFunction<EpochRecord> validation,
      boolean shares) {
    Chart.Words words =
        new Chart.Words(
            "chart-" + what,
            t.text(ofClasses ? "learning." + what : "learning.error"),
            t.text(
                "learning.description",
                epochs.size(),
                written(training.applyAsDouble(first()), shares),
                written(training.applyAsDouble(last()), shares),
                written(validation.applyAsDouble(first()), shares),
                written(validation.applyAsDouble(last()), shares)),
            t.text("learning.epoch"),
            (series, value) ->
                t.text(
                    "learning.dot",
                    Math.round(value.x()),
                    series.name(),
                    written(value.y(), shares)));
    int decimals = shares ? Math.max(0, axis.decimals() - 2) : axis.decimals();
    return Chart.of(
        words,
        Chart.Scale.ofEpochs(epochs.size()),
        Chart.Scale.of(axis, value -> shares ? n.percent(value, decimals) : tick(value, decimals)),
        List.of(
            series(TRAINING, look(Chart.Look.DOTS), training),
            series(VALIDATION, look(Chart.Look.SQUARES), validation)));
  }

  /** Many epochs are a line without marks. */
  private Chart.Look look(Chart.Look marks) {
    return epochs.size() <= MOST_MARKED ? marks : Chart.Look.LINE;
  }

  private Chart.Series series(String name, Chart.Look look, ToDoubleFunction<EpochRecord> figure) {
    return new Chart.Series(
        t.text("learning." + name),
        name,
        look,
        epochs.stream()
            .map(epoch -> Chart.Value.at(epoch.epoch(), figure.applyAsDouble(epoch)))
            .toList());
  }

  private String tick(double value, int decimals) {
    return Math.abs(value) >= 10_000 ? n.loss(value) : n.decimal(value, decimals);
  }

  private EpochRecord first() {
    return epochs.get(0);
  }

  private EpochRecord last() {
    return epochs.get(epochs.size() - 1);
  }

  private String written(double value, boolean share) {
    return share ? n.percent(value) : loss(value);
  }

  private double[] values(ToDoubleFunction<EpochRecord> figure) {
    return epochs.stream().mapToDouble(figure).toArray();
  }

  private double highest(
      ToDoubleFunction<EpochRecord> training, ToDoubleFunction<EpochRecord> validation) {
    return finite(training, validation).max().orElse(1);
  }

  private DoubleStream finite(
      ToDoubleFunction<EpochRecord> training, ToDoubleFunction<EpochRecord> validation) {
    return DoubleStream.concat(
            DoubleStream.of(values(training)), DoubleStream.of(values(validation)))
        .filter(Double::isFinite);
  }
}
