package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.Spread;

/**
 * Reference convergence points as MLPerf Training has them (training policies, section on RCPs): a
 * setup that converges otherwise than it used to, better or worse, is not the same training, and
 * whoever reads its times must know.
 */
final class ReferenceConvergence {
  /** Accuracies as close as this are the same, whatever the spread. */
  private static final double LEAST = 0.003;

  /** Spreads of the reference that a mean may be away from it. */
  private static final double SPREADS = 2;

  private ReferenceConvergence() {}

  /** A sentence for each setup whose mean accuracy is out of its reference's range. */
  static List<String> flags(List<PointRecord> reference, List<PointRecord> now) {
    List<String> flags = new ArrayList<>();
    for (Setup setup : now.stream().map(point -> point.point().setup()).distinct().toList()) {
      double[] before = RegressionGate.values(reference, setup, PointRecord::finalAccuracy);
      double[] current = RegressionGate.values(now, setup, PointRecord::finalAccuracy);
      if (before.length > 0 && current.length > 0) {
        Spread was = Spread.of(before);
        double is = Spread.of(current).mean();
        double allowed = Math.max(LEAST, SPREADS * (was.most() - was.least()));
        if (Math.abs(is - was.mean()) > allowed) {
          flags.add(
              String.format(
                  Locale.ROOT,
                  "%s converges differently: accuracy %.2f%%, where the baseline had %.2f%% (%.2f to %.2f).",
                  setup.id(),
                  100 * is,
                  100 * was.mean(),
                  100 * was.least(),
                  100 * was.most()));
        }
      }
    }
    return flags;
  }
}
