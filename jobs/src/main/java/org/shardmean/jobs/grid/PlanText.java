package org.shardmean.jobs.grid;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shardmean.experiment.Calibration;
import org.shardmean.experiment.Forecast;
import org.shardmean.experiment.GridCosts;
import org.shardmean.experiment.SavedPoints;
import org.shardmean.experiment.SetupAccuracy;
import org.shardmean.run.RunConfig;
import org.shardmean.run.Sentence;
import org.shardmean.settings.ValueReader;

/**
 * A forecast in words.
 *
 * @param price of a core and hour; 0 where there is none
 */
record PlanText(Forecast forecast, double price) {
  private static final String ROW = "%1s %8s %7s %7s %6s  %10s  %-22s %10s %7s  %s%s";

  PlanText {
    requireNonNull(forecast, "forecast");
  }

  /** What the forecast rests on, where it was measured. */
  List<String> measured(String master, Calibration costs) {
    String images =
        costs.imageSecondsByBatch().entrySet().stream()
            .map(one -> Sentence.of("%.1f µs at batch %d", one.getValue() * 1e6, one.getKey()))
            .collect(Collectors.joining(", "));
    return List.of(
        Sentence.of(
            "Measured on %s with %s: an image takes %s; a round takes %.1f ms beyond its local steps.",
            master,
            Sentence.counted(costs.cores(), "task slot"),
            images,
            1e3 * costs.roundSeconds(costs.cores())),
        "");
  }

  /** What the forecast rests on, where a grid tells it. */
  List<String> fitted(GridCosts costs, SavedPoints saved) {
    List<String> lines = new ArrayList<>(List.of(costs.basis(forecast.asked().config())));
    int most =
        saved.points().stream().mapToInt(one -> one.point().setup().workers()).max().orElse(1);
    int asked = forecast.asked().workers();
    if (asked > most) {
      lines.add(
          Sentence.of(
              "At most %d workers were measured. %d are %.1f times as many: the range does not cover what only a larger cluster shows, such as slow machines and switches.",
              most, asked, (double) asked / most));
    }
    lines.add("");
    return lines;
  }

  /** The table, the training that is asked about, and what cannot be told. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "",
            "workers",
            "cores",
            "rounds",
            "batch",
            "s an epoch",
            isRanged() ? "(90% of epochs)" : "",
            "s in all",
            "speed",
            "accuracy",
            price > 0 ? "  cost" : ""));
    forecast.rows().forEach(one -> lines.add(row(one)));
    lines.add("");
    lines.add(asked());
    if (forecast.rows().stream().allMatch(one -> one.accuracy().isEmpty())) {
      lines.add(
          forecast.asked().config().model().isClassifier()
              ? "Accuracy is not known here. Run a grid with these settings, then plan --from GRID."
              : "The error that it reaches is not known here: train it to see.");
    }
    forecast.rows().stream()
        .filter(one -> !one.epoch().isKnown())
        .map(one -> Sentence.of("%s: %s.", workers(one.workers()), one.epoch().unknown()))
        .forEach(lines::add);
    return lines;
  }

  private String asked() {
    Forecast.Row asked = forecast.asked();
    RunConfig config = asked.config();
    return Sentence.of(
        "* as train would do it: %s, %s of %s, batch %d, %s at %s: about %s of training. Evaluations and starting Spark are not included.",
        workers(asked.workers()),
        Sentence.counted(config.epochs(), "epoch"),
        Sentence.counted(config.averaging().roundsPerEpoch(), "round"),
        config.local().batchSize(),
        ValueReader.written(config.local().optimizer()),
        config.local().rate().peak(),
        seconds(asked.trainSeconds()));
  }

  private String row(Forecast.Row one) {
    double speed = forecast.asked().epoch().seconds() / one.epoch().seconds();
    boolean isKnown = one.epoch().isKnown();
    return row(
        one.workers() == forecast.asked().workers() ? "*" : "",
        one.workers(),
        one.cores(),
        one.config().averaging().roundsPerEpoch(),
        one.config().local().batchSize(),
        isKnown ? Sentence.of("%.3g", one.epoch().seconds()) : "-",
        one.epoch()
            .range()
            .map(range -> Sentence.of("(%.3g to %.3g)", range.low(), range.high()))
            .orElse(""),
        isKnown ? Sentence.of("%.3g", one.trainSeconds()) : "-",
        isKnown ? Sentence.of("%.2fx", speed) : "-",
        accuracy(one.accuracy()),
        price > 0 ? Sentence.of("  %s", isKnown ? Sentence.of("%.6f", one.cost(price)) : "-") : "");
  }

  private boolean isRanged() {
    return forecast.rows().stream().anyMatch(one -> one.epoch().range().isPresent());
  }

  private static String accuracy(Optional<SetupAccuracy.Figure> figure) {
    return figure
        .map(
            known ->
                known.runs() == 1
                    ? Sentence.of("%.2f%%", 100 * known.mean())
                    : Sentence.of("%.2f%% ± %.2f", 100 * known.mean(), 100 * known.deviation()))
        .orElse("-");
  }

  private static String row(Object... cells) {
    return Sentence.of(ROW, cells).stripTrailing();
  }

  private static String workers(int count) {
    return Sentence.counted(count, "worker");
  }

  private static String seconds(double seconds) {
    return seconds < 120 ? Sentence.of("%.2g s", seconds) : Sentence.of("%.0f min", seconds / 60);
  }
}
