package org.shardmean.report;

import java.util.List;
import org.shardmean.metrics.Reliability;
import org.shardmean.metrics.Wilson;

/** How far the network's confidence can be trusted, as a chart and a table. */
record ReliabilityView(Reliability reliability, Texts t, Figures n) {
  private static final Axis SHARES = new Axis(0, 1, 0.2);

  /** Bins that hold examples, from the least confidence up. */
  List<Reliability.Bin> bins() {
    return reliability.bins().stream().filter(bin -> bin.examples() > 0).toList();
  }

  /** From which to which confidence a bin reaches. */
  String range(Reliability.Bin bin) {
    int index = reliability.bins().indexOf(bin);
    return t.text(
        "confidence.range",
        n.percent((double) index / Reliability.BINS, 0),
        n.percent((index + 1.0) / Reliability.BINS, 0));
  }

  /** Accuracy over confidence, with its 95% interval, beside the line where both are equal. */
  Chart chart() {
    List<Chart.Value> values =
        bins().stream()
            .map(
                bin -> {
                  Wilson interval = interval(bin);
                  return new Chart.Value(
                      bin.confidence(), bin.accuracy(), interval.low(), interval.high());
                })
            .toList();
    return Chart.of(
        new Chart.Words(
            "chart-reliability",
            t.text("confidence.chart"),
            "",
            t.text("confidence.confidence"),
            (series, value) ->
                t.text("confidence.point", n.percent(value.x(), 1), n.percent(value.y(), 1))),
        Chart.Scale.of(SHARES, share -> n.percent(share, 0)),
        Chart.Scale.of(SHARES, share -> n.percent(share, 0)),
        List.of(
            new Chart.Series(
                "", "ideal", Chart.Look.LINE, List.of(Chart.Value.at(0, 0), Chart.Value.at(1, 1))),
            new Chart.Series("", "reliability", Chart.Look.SQUARES, values)));
  }

  Wilson interval(Reliability.Bin bin) {
    return Wilson.of(bin.correct(), bin.examples());
  }
}
