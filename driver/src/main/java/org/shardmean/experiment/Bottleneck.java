package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shardmean.report.Texts;
import org.shardmean.run.TimeSplit;

/**
 * Where a curve's last level loses its gain. Time to accuracy is epochs to the target times seconds
 * an epoch: the first ratio to the first level is what statistics cost, the second what hardware
 * gains. What the hardware loses against an even split of the first level's work is told by part.
 *
 * <p>The parts of sync need the calibration: an empty job and a byte are measured by themselves
 * there. {@link ClusterModel} cannot tell them apart: in a grid's points the driver's work grows
 * with the bytes, so that a fit puts both into one coefficient, and a curve with fewer than three
 * setups has no fit at all.
 *
 * @param first the level compared with
 * @param last the level that is explained
 * @param lost seconds an epoch, by part, that an even split would not have; the mean over the runs
 * @param agreeing runs of the last level that, each by itself, lose most to the same part
 */
public record Bottleneck(Level first, Level last, Map<Part, Double> lost, int agreeing) {

  /** What can eat a gain. */
  public enum Part {
    /** The steps themselves, which slow down when all cores are busy. */
    STEPS,
    /** The rest waits for the slowest worker of each round. */
    STRAGGLERS,
    /** What Spark needs to start and end a round's job. */
    JOB_LATENCY,
    /** Averaging, and unpacking what came back. */
    DRIVER,
    /** Moving the state out and back. */
    BANDWIDTH;

    private String inWords(Texts t) {
      return switch (this) {
        case STEPS -> t.text("said.partSteps");
        case STRAGGLERS -> t.text("said.partStragglers");
        case JOB_LATENCY -> t.text("said.partLatency");
        case DRIVER -> t.text("said.partDriver");
        case BANDWIDTH -> t.text("said.partBandwidth");
      };
    }
  }

  public Bottleneck {
    requireNonNull(first, "first");
    requireNonNull(last, "last");
    lost = Map.copyOf(lost);
  }

  /**
   * Of the levels on which every worker had a core; where workers take turns, more of them cannot
   * gain anything.
   *
   * @return none for fewer than two such levels
   */
  public static Optional<Bottleneck> of(Curve curve, boolean weak, Calibration calibration) {
    List<Level> levels = curve.levels().stream().filter(level -> !level.isCrowded()).toList();
    return levels.size() < 2
        ? Optional.empty()
        : Optional.of(of(levels.get(0), levels.get(levels.size() - 1), weak, calibration));
  }

  private static Bottleneck of(Level first, Level last, boolean weak, Calibration calibration) {
    Map<Part, Double> lost = lost(first, last, last.time(), weak, calibration);
    Part worst = worst(lost);
    int agreeing =
        (int)
            last.done().stream()
                .filter(run -> worst(lost(first, last, run.time(), weak, calibration)) == worst)
                .count();
    return new Bottleneck(first, last, lost, agreeing);
  }

  private static Map<Part, Double> lost(
      Level first, Level last, TimeSplit now, boolean weak, Calibration calibration) {
    TimeSplit before = first.time();
    double share = weak ? 1 : 1 / last.factor();
    int rounds = last.setup().roundsPerEpoch();
    double bytes = last.spread(PointRecord::bytesPerRound).median();
    double sync = now.sync();
    double latency = Math.min(sync, rounds * calibration.emptyJobSeconds());
    double wire = Math.min(sync - latency, rounds * bytes * calibration.wireSecondsPerByte());
    Map<Part, Double> lost = new EnumMap<>(Part.class);
    lost.put(Part.STEPS, Math.max(0, now.compute() - before.compute() * share));
    lost.put(Part.STRAGGLERS, Math.max(0, now.waiting() - before.waiting() * share));
    lost.put(Part.JOB_LATENCY, latency);
    lost.put(Part.BANDWIDTH, wire);
    lost.put(Part.DRIVER, Math.max(0, sync - latency - wire));
    return lost;
  }

  /** The part that loses most. */
  public Part worst() {
    return worst(lost);
  }

  private static Part worst(Map<Part, Double> lost) {
    Part worst = Part.STEPS;
    for (Part part : Part.values()) {
      worst = lost.get(part) > lost.get(worst) ? part : worst;
    }
    return worst;
  }

  /** Epochs to the target, first level over last: below 1 where more workers need more epochs. */
  public double statisticalEfficiency() {
    return first.toTarget().epochs() / last.toTarget().epochs();
  }

  /** All of it in a few sentences. */
  public String sentence(Texts t) {
    return t.passage(List.of(gain(t), loss(t), statistics(t)));
  }

  private String gain(Texts t) {
    boolean areCores = first.setup().workers() == last.setup().workers();
    return t.counted(
        "said.scaling",
        last.setup().roundsPerEpoch(),
        last.setup().batchSize(),
        (areCores ? Across.CORES : Across.WORKERS).counted(t, last.across()),
        first.across(),
        t.number("%.2f", last.speedup().median()),
        t.number("%.0f", 100 * last.efficiency().median()));
  }

  /** Nothing where the median run lost nothing against an even split. */
  private String loss(Texts t) {
    double seconds = last.time().total() - last.time().evaluation();
    return last.efficiency().median() >= 1
        ? ""
        : t.text(
            "said.loss",
            t.number("%.3f", lost.get(worst())),
            t.number("%.3f", seconds),
            worst().inWords(t),
            last.done().size() == 1
                ? t.text("said.noRangeOfOne")
                : t.text("said.inRuns", agreeing, last.done().size()));
  }

  /**
   * Nothing where no run reached a target: the grid says that among what its points cannot tell.
   */
  private String statistics(Texts t) {
    if (first.toTarget().reached() + last.toTarget().reached() == 0) {
      return "";
    }
    if (!first.toTarget().isReached() || !last.toTarget().isReached()) {
      return t.text(
          "said.targetReached",
          first.toTarget().reached(),
          first.toTarget().runs(),
          first.across(),
          last.toTarget().reached(),
          last.toTarget().runs(),
          last.across());
    }
    String epochs = epochs(t, last);
    double hardware = last.toTarget().secondsPerEpoch() / first.toTarget().secondsPerEpoch();
    return epochs.equals(epochs(t, first))
        ? t.text("said.sameEpochs", epochs, timeOf(t, hardware))
        : t.text(
            "said.otherEpochs",
            epochs,
            epochs(t, first),
            timeOf(t, hardware),
            timeOf(t, last.toTarget().seconds() / first.toTarget().seconds()),
            costOfEpochs(t, hardware));
  }

  private String costOfEpochs(Texts t, double hardware) {
    double statistical = statisticalEfficiency();
    if (statistical >= 0.95) {
      return t.text("said.noEpochs");
    }
    return 1 / statistical > last.factor() * hardware
        ? t.text("said.epochsLoss")
        : t.text("said.hardwareLoss");
  }

  private static String epochs(Texts t, Level level) {
    return t.number("%.1f", level.toTarget().epochs());
  }

  /** Of a time over that of the first level. */
  private static String timeOf(Texts t, double ratio) {
    String written = t.number("%.2f", ratio);
    return ratio < 1 ? t.text("said.ofTheTime", written) : t.text("said.timesAsLong", written);
  }
}
