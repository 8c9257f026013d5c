package org.shardmean.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;

/**
 * What each round did, as charts over the epochs. Of very many rounds, every so many are drawn.
 *
 * @param ofClasses whether the loss is a classifier's; otherwise it is the squared error of a pixel
 */
record RoundCurves(List<EpochRecord> epochs, boolean ofClasses, Texts t, Figures n) {
  private static final int MOST_DRAWN = 600;
  private static final int MOST_MARKED = 80;

  RoundCurves {
    epochs = List.copyOf(epochs);
  }

  /** Whether there are more rounds than epochs, which have charts of their own. */
  boolean isFiner() {
    return epochs.stream().mapToInt(epoch -> epoch.rounds().size()).sum() > epochs.size();
  }

  /** The training loss of each round. */
  Chart loss() {
    return chart(
        "rounds",
        "training",
        Chart.Look.DOTS,
        r -> r.score().loss(),
        ofClasses ? n::loss : n::error);
  }

  /** How far the workers had moved apart in each round; none for a single worker. */
  Optional<Chart> dispersion() {
    boolean isApart =
        epochs.stream()
            .flatMap(epoch -> epoch.rounds().stream())
            .anyMatch(round -> round.drift().dispersion() > 0);
    return isApart
        ? Optional.of(
            chart(
                "dispersion",
                "c2",
                Chart.Look.SQUARES,
                r -> r.drift().dispersion(),
                v -> n.decimal(v, 3)))
        : Optional.empty();
  }

  private Chart chart(
      String what,
      String style,
      Chart.Look marks,
      ToDoubleFunction<RoundRecord> figure,
      DoubleFunction<String> written) {
    Map<Chart.Value, RoundRecord> rounds = new HashMap<>();
    List<Chart.Value> values = new ArrayList<>();
    for (RoundRecord round : drawn()) {
      Chart.Value value = Chart.Value.at(place(round), figure.applyAsDouble(round));
      rounds.put(value, round);
      values.add(value);
    }
    double highest =
        values.stream().mapToDouble(Chart.Value::y).filter(Double::isFinite).max().orElse(1);
    Axis axis = Axis.covering(0, highest);
    return Chart.of(
        new Chart.Words(
            "chart-" + what,
            t.text("learning." + what),
            t.text(
                "learning.roundsDescription",
                written.apply(values.get(0).y()),
                written.apply(values.get(values.size() - 1).y())),
            t.text("learning.epoch"),
            (series, value) ->
                t.text(
                    "learning.round",
                    rounds.get(value).epoch(),
                    rounds.get(value).round(),
                    written.apply(value.y()))),
        Chart.Scale.fromStart(epochs.size()),
        Chart.Scale.of(axis, value -> n.decimal(value, axis.decimals())),
        List.of(
            new Chart.Series(
                "", style, values.size() <= MOST_MARKED ? marks : Chart.Look.LINE, values)));
  }

  private List<RoundRecord> drawn() {
    List<RoundRecord> all = epochs.stream().flatMap(epoch -> epoch.rounds().stream()).toList();
    int step = (all.size() + MOST_DRAWN - 1) / MOST_DRAWN;
    List<RoundRecord> some = new ArrayList<>();
    for (int r = step - 1; r < all.size(); r += step) {
      some.add(all.get(r));
    }
    return some;
  }

  /** The share of the run, in epochs, that is over at the end of a round. */
  private double place(RoundRecord round) {
    int rounds = epochs.get(round.epoch() - 1).rounds().size();
    return round.epoch() - 1 + (double) round.round() / rounds;
  }
}
