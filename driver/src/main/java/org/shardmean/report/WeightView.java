package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.data.VisibleText;
import org.shardmean.run.RunRecord;
import org.shardmean.train.FollowedWeight;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;

/** One weight through the first steps of a run, with the arithmetic of the last of them. */
record WeightView(FollowedWeight weight, RunRecord run, Texts t, Figures n) {
  private static final int DIGITS = 5;

  /** Of a weight, which a step changes by little. */
  private static final int DIGITS_OF_A_WEIGHT = 7;

  /**
   * What a step leaves behind.
   *
   * @param step what was recorded
   * @param first the moment that the step ends with; the velocity or Adam's mean of the gradient
   * @param second Adam's mean of the gradient's square
   */
  record Row(FollowedWeight.Step step, double first, double second) {
    /** Before the first step. */
    private static final Row NONE = new Row(new FollowedWeight.Step(0, 0, 0, 0), 0, 0);
  }

  Optimizer optimizer() {
    return run.config().local().optimizer();
  }

  /** Which weight it is, and how it was chosen. */
  String what() {
    int unit = weight.unit() + 1;
    int width = run.data().width();
    boolean isPixel = weight.layer() == 0 && !run.data().isOfRows();
    String where =
        isPixel
            ? t.text("step.pixel", weight.input() / width + 1, weight.input() % width + 1)
            : feature()
                .map(name -> t.text("step.feature", name))
                .orElseGet(() -> t.text("step.input", weight.input() + 1));
    return t.text("step.what", unit, where, n.count(run.config().local().batchSize()));
  }

  /** The name of the feature that the weight is for, where its table is known. */
  private Optional<String> feature() {
    return run.data()
        .table()
        .filter(form -> weight.layer() == 0 && weight.input() < form.inputs())
        .map(form -> VisibleText.of(form.inputNames().get(weight.input())));
  }

  /** How the optimizer steps, in words. */
  String rule() {
    return switch (optimizer()) {
      case SGD -> t.text("step.sgd");
      case MOMENTUM -> t.text("step.momentum");
      case ADAM -> t.text("step.adam");
    };
  }

  /** The names of the moments; none for plain gradient descent. */
  List<String> moments() {
    return switch (optimizer()) {
      case SGD -> List.of();
      case MOMENTUM -> List.of("v");
      case ADAM -> List.of("m", "v");
    };
  }

  /** The steps with their moments, which follow from the gradients: both begin at zero. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Row before = Row.NONE;
    for (FollowedWeight.Step step : weight.steps()) {
      before = after(before, step);
      rows.add(before);
    }
    return rows;
  }

  private Row after(Row before, FollowedWeight.Step step) {
    double g = step.gradient();
    return switch (optimizer()) {
      case SGD -> new Row(step, 0, 0);
      case MOMENTUM -> new Row(step, LocalSettings.MOMENTUM * before.first() - step.rate() * g, 0);
      case ADAM ->
          new Row(
              step,
              LocalSettings.BETA1 * before.first() + (1 - LocalSettings.BETA1) * g,
              LocalSettings.BETA2 * before.second() + (1 - LocalSettings.BETA2) * g * g);
    };
  }

  /** A row's moments as they are written. */
  List<String> moments(Row row) {
    return switch (optimizer()) {
      case SGD -> List.of();
      case MOMENTUM -> List.of(written(row.first()));
      case ADAM -> List.of(written(row.first()), written(row.second()));
    };
  }

  String written(double value) {
    return n.significant(value, DIGITS).replace('-', '−');
  }

  /** A weight as it is written. */
  String exact(double weight) {
    return n.significant(weight, DIGITS_OF_A_WEIGHT).replace('-', '−');
  }

  /** The number of the step that is written out, from 1. */
  int writtenOut() {
    return weight.steps().size();
  }

  /** Its arithmetic, a line for each formula; the last ends with the weight after the step. */
  List<String> arithmetic() {
    List<Row> rows = rows();
    Row before = rows.size() == 1 ? Row.NONE : rows.get(rows.size() - 2);
    Row now = rows.get(rows.size() - 1);
    double decay = run.config().local().weightDecay();
    double weight = now.step().before() * (1 - now.step().rate() * decay);
    List<String> lines = new ArrayList<>();
    if (decay > 0) {
      lines.add(line("w = w − r × %s × w = %s", written(decay), exact(weight)));
    }
    lines.addAll(
        switch (optimizer()) {
          case SGD -> plain(now.step(), weight);
          case MOMENTUM -> momentum(before, now, weight);
          case ADAM -> adam(before, now, weight);
        });
    return lines;
  }

  private List<String> plain(FollowedWeight.Step step, double weight) {
    return List.of(
        line(
            "w′ = w − r × g = %s − %s × %s = %s",
            exact(weight), written(step.rate()), factor(step.gradient()), exact(step.after())));
  }

  private List<String> momentum(Row before, Row now, double weight) {
    String mu = n.decimal(LocalSettings.MOMENTUM, 1);
    String more = n.decimal(1 + LocalSettings.MOMENTUM, 1);
    return List.of(
        line(
            "v′ = %s × v − r × g = %s × %s − %s × %s = %s",
            mu,
            mu,
            factor(before.first()),
            written(now.step().rate()),
            factor(now.step().gradient()),
            written(now.first())),
        line(
            "w′ = w + %s × v′ − %s × v = %s + %s × %s − %s × %s = %s",
            more,
            mu,
            exact(weight),
            more,
            factor(now.first()),
            mu,
            factor(before.first()),
            exact(now.step().after())));
  }

  private List<String> adam(Row before, Row now, double weight) {
    int step = writtenOut();
    double correction =
        Math.sqrt(1 - Math.pow(LocalSettings.BETA2, step))
            / (1 - Math.pow(LocalSettings.BETA1, step));
    String g = factor(now.step().gradient());
    return List.of(
        mean(
            "m′ = %s × m + %s × g = %s × %s + %s × %s = %s",
            LocalSettings.BETA1, 1, before.first(), g, now.first()),
        mean(
            "v′ = %s × v + %s × g² = %s × %s + %s × %s² = %s",
            LocalSettings.BETA2, 3, before.second(), g, now.second()),
        line(
            "c = √(1 − %s^%s) ÷ (1 − %s^%s) = %s",
            n.decimal(LocalSettings.BETA2, 3),
            n.count(step),
            n.decimal(LocalSettings.BETA1, 1),
            n.count(step),
            written(correction)),
        line(
            "w′ = w − r × c × m′ ÷ √v′ = %s − %s × %s × %s ÷ √%s = %s",
            exact(weight),
            written(now.step().rate()),
            written(correction),
            factor(now.first()),
            factor(now.second()),
            exact(now.step().after())));
  }

  /** One of Adam's running means. */
  private String mean(
      String formula, double beta, int decimals, double before, String g, double after) {
    String old = n.decimal(beta, decimals);
    String fresh = n.decimal(1 - beta, decimals);
    return line(formula, old, fresh, old, factor(before), fresh, g, written(after));
  }

  private static String line(String formula, String... numbers) {
    return formula.formatted((Object[]) numbers);
  }

  /** In brackets where its sign or its power would be misread. */
  private String factor(double value) {
    String written = written(value);
    return written.startsWith("−") || written.contains("×") ? "(" + written + ")" : written;
  }
}
