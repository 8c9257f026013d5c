package org.shardmean.jobs.grid;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.experiment.Calibration;
import org.shardmean.experiment.Forecast;
import org.shardmean.experiment.GridCosts;
import org.shardmean.experiment.SavedPoints;
import org.shardmean.experiment.SetupAccuracy;
import org.shardmean.jobs.console.TextTable;
import org.shardmean.report.Figures;
import org.shardmean.report.Texts;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.ValueReader;
import org.shardmean.spark.RoundMemory;

/**
 * A forecast in words.
 *
 * @param price of a core and hour; 0 where there is none
 * @param t the language
 */
record PlanText(Forecast forecast, double price, Texts t) {
  PlanText {
    requireNonNull(forecast, "forecast");
  }

  /** What the forecast rests on, where it was measured. */
  List<String> measured(String master, Calibration costs) {
    List<String> images =
        costs.imageSecondsByBatch().entrySet().stream()
            .map(
                one ->
                    t.text(
                        "console.planImage", t.number("%.1f", one.getValue() * 1e6), one.getKey()))
            .toList();
    return List.of(
        t.text(
            "console.planMeasured",
            master,
            t.counted("console.countSlots", costs.cores()),
            t.list(images),
            t.number("%.1f", 1e3 * costs.roundSeconds(costs.cores()))),
        "");
  }

  /** What the forecast rests on, where a grid tells it. */
  List<String> fitted(GridCosts costs, SavedPoints saved) {
    List<String> lines = new ArrayList<>(List.of(costs.basis(forecast.asked().config(), t)));
    int most =
        saved.points().stream().mapToInt(one -> one.point().setup().workers()).max().orElse(1);
    int asked = forecast.asked().workers();
    if (asked > most) {
      lines.add(
          t.counted("console.planMost", most, asked, t.number("%.1f", (double) asked / most)));
    }
    lines.add("");
    return lines;
  }

  /** The table, the training that is asked about, and what cannot be told. */
  List<String> lines() {
    TextTable table = new TextTable(columns());
    List<String> lines = new ArrayList<>(List.of(table.head()));
    forecast.rows().forEach(one -> lines.add(table.row(cells(one))));
    lines.add("");
    lines.add(asked());
    if (forecast.rows().stream().allMatch(one -> one.accuracy().isEmpty())) {
      lines.add(
          forecast.asked().config().model().isClassifier()
              ? t.text("console.planNoAccuracy")
              : t.text("console.planNoError"));
    }
    for (Forecast.Row one : forecast.rows()) {
      one.epoch()
          .unknown()
          .ifPresent(
              why -> lines.add(t.text("console.planUnknown", workers(one.workers()), why.in(t))));
    }
    lines.add("");
    lines.addAll(memory());
    return lines;
  }

  /** The heap that rounds need, a row for each number of workers. */
  private List<String> memory() {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column("", 0, 1),
                new TextTable.Column(t.text("said.severalWorkers"), 1, 8),
                new TextTable.Column(t.text("console.planDriver"), 2, 8),
                new TextTable.Column(t.text("console.planExecutor"), 2, 9),
                new TextTable.Column(t.text("console.planProcess"), 2, 12)));
    List<String> lines = new ArrayList<>(List.of(t.text("console.planMemory"), table.head()));
    for (Forecast.Row one : forecast.rows()) {
      RoundMemory cluster = RoundMemory.of(one.config(), one.cores(), one.cores());
      RoundMemory process = RoundMemory.of(one.config(), one.cores(), 1);
      lines.add(
          table.row(
              List.of(
                  one.workers() == forecast.asked().workers() ? "*" : "",
                  String.valueOf(one.workers()),
                  mebibytes(cluster.driver()),
                  mebibytes(cluster.executor()),
                  mebibytes(process.both()))));
    }
    return lines;
  }

  private String mebibytes(long bytes) {
    return t.number("%,.0f", Math.ceil(bytes / 1024.0 / 1024.0));
  }

  private List<TextTable.Column> columns() {
    List<TextTable.Column> columns =
        new ArrayList<>(
            List.of(
                new TextTable.Column("", 0, 1),
                new TextTable.Column(t.text("said.severalWorkers"), 1, 8),
                new TextTable.Column(t.text("said.severalCores"), 1, 7),
                new TextTable.Column(t.text("console.planRounds"), 1, 7),
                new TextTable.Column(t.text("console.planBatch"), 1, 6),
                new TextTable.Column(t.text("console.planEpoch"), 2, 10),
                new TextTable.Column(isRanged() ? t.text("console.planRange") : "", 2, -22),
                new TextTable.Column(t.text("console.planInAll"), 1, 10),
                new TextTable.Column(t.text("console.planSpeed"), 1, 7),
                new TextTable.Column(t.text("console.planAccuracy"), 2, -14)));
    if (price > 0) {
      columns.add(new TextTable.Column(t.text("console.planCost"), 2, 8));
    }
    return columns;
  }

  private List<String> cells(Forecast.Row one) {
    double speed = forecast.asked().epoch().seconds() / one.epoch().seconds();
    boolean isKnown = one.epoch().isKnown();
    List<String> cells =
        new ArrayList<>(
            List.of(
                one.workers() == forecast.asked().workers() ? "*" : "",
                String.valueOf(one.workers()),
                String.valueOf(one.cores()),
                String.valueOf(one.config().averaging().roundsPerEpoch()),
                String.valueOf(one.config().local().batchSize()),
                isKnown ? t.number("%.3g", one.epoch().seconds()) : "-",
                one.epoch().range().map(range -> between(range.low(), range.high())).orElse(""),
                isKnown ? t.number("%.3g", one.trainSeconds()) : "-",
                isKnown ? t.text("console.planTimes", t.number("%.2f", speed)) : "-",
                accuracy(one.accuracy())));
    if (price > 0) {
      cells.add(isKnown ? t.number("%.6f", one.cost(price)) : "-");
    }
    return cells;
  }

  private String between(double low, double high) {
    return t.text("console.planBetween", t.number("%.3g", low), t.number("%.3g", high));
  }

  private String asked() {
    Forecast.Row asked = forecast.asked();
    RunConfig config = asked.config();
    return t.text(
        "console.planAsked",
        workers(asked.workers()),
        t.counted("console.countEpochs", config.epochs()),
        t.counted("console.countRounds", config.averaging().roundsPerEpoch()),
        config.local().batchSize(),
        ValueReader.written(config.local().optimizer()),
        new Figures(t.locale()).exact(config.local().rate().peak()),
        seconds(asked.trainSeconds()));
  }

  private boolean isRanged() {
    return forecast.rows().stream().anyMatch(one -> one.epoch().range().isPresent());
  }

  private String accuracy(Optional<SetupAccuracy.Figure> figure) {
    return figure
        .map(
            known ->
                known.runs() == 1
                    ? new Figures(t.locale()).percent(known.mean())
                    : new Figures(t.locale()).percent(known.mean())
                        + t.number(" ± %.2f", 100 * known.deviation()))
        .orElse("-");
  }

  private String workers(int count) {
    return t.counted("console.countWorkers", count);
  }

  private String seconds(double seconds) {
    return seconds < 120
        ? t.text("console.planSeconds", t.number("%.2g", seconds))
        : t.text("console.planMinutes", t.number("%.0f", seconds / 60));
  }
}
