package org.shardmean.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Fit;

/** How a run learnt: loss and accuracy of training and validation, and what they say. */
record LearningCurves(List<EpochRecord> epochs, Texts t, Figures n) {
  private static final String TRAINING = "training";
  private static final String VALIDATION = "validation";

  /** Mean loss of every epoch, from 0 up. */
  LineChart loss() {
    return chart(
        "loss",
        Axis.covering(0, highest(e -> e.training().loss(), e -> e.validation().loss())),
        e -> e.training().loss(),
        e -> e.validation().loss(),
        false);
  }

  /** Accuracy of every epoch, up to 1. */
  LineChart accuracy() {
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
    Fit fit = Fit.of(epochs);
    if (epochs.isEmpty()) {
      return t.text("fit.NONE");
    }
    EpochRecord last = epochs.get(epochs.size() - 1);
    EpochRecord lowest = epochs.get(Math.max(1, fit.lowest()) - 1);
    return t.text(
        "fit." + fit.kind(),
        n.loss(lowest.training().loss()),
        n.loss(last.training().loss()),
        n.loss(lowest.validation().loss()),
        n.loss(last.validation().loss()),
        fit.lowest(),
        last.epoch(),
        n.percent(last.training().accuracy()),
        n.percent(last.validation().accuracy()),
        n.loss(epochs.get(Math.max(0, epochs.size() - 2)).training().loss()),
        n.loss(epochs.get(Math.max(0, epochs.size() - 2)).validation().loss()));
  }

  private LineChart chart(
      String what,
      Axis axis,
      ToDoubleFunction<EpochRecord> training,
      ToDoubleFunction<EpochRecord> validation,
      boolean shares) {
    LineChart.Series trained =
        new LineChart.Series(t.text("learning." + TRAINING), TRAINING, values(training));
    LineChart.Series validated =
        new LineChart.Series(t.text("learning." + VALIDATION), VALIDATION, values(validation));
    LineChart.Words words =
        new LineChart.Words(
            "chart-" + what,
            t.text("learning." + what),
            t.text(
                "learning.description",
                epochs.size(),
                written(first(trained), shares),
                written(last(trained), shares),
                written(first(validated), shares),
                written(last(validated), shares)),
            t.text("learning.epoch"),
            (epoch, line, value) -> t.text("learning.dot", epoch, line, value));
    int decimals = shares ? Math.max(0, axis.decimals() - 2) : axis.decimals();
    return LineChart.of(
        words,
        axis,
        List.of(trained, validated),
        value -> written(value, shares),
        value -> shares ? n.percent(value, decimals) : tick(value, decimals));
  }

  private String tick(double value, int decimals) {
    return Math.abs(value) >= 10_000 ? n.loss(value) : n.decimal(value, decimals);
  }

  private static double first(LineChart.Series series) {
    return series.values()[0];
  }

  private static double last(LineChart.Series series) {
    return series.values()[series.values().length - 1];
  }

  private String written(double value, boolean share) {
    return share ? n.percent(value) : n.loss(value);
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
