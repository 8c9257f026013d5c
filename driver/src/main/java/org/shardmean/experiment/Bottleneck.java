package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.shardmean.run.Sentence;
import org.shardmean.run.TimeSplit;

/**
 * Where a curve's last level loses its gain. Time to accuracy is epochs to the target times seconds
 * an epoch: the first ratio to the first level is what statistics cost, the second what hardware
 * gains. What the hardware loses against an even split of the first level's work is told by part.
 *
 * @param first the level compared with
 * @param last the level that is explained
 * @param lost seconds an epoch, by part, that an even split would not have
 */
public record Bottleneck(Level first, Level last, Map<Part, Double> lost) {

  /** What can eat a gain. */
  public enum Part {
    STEPS("the steps themselves, which slow down when all cores are busy"),
    STRAGGLERS("stragglers: the rest waits for the slowest worker of each round"),
    JOB_LATENCY("job latency: what Spark needs to start and end a round's job"),
    DRIVER("the driver: averaging, and unpacking what came back"),
    BANDWIDTH("bandwidth: moving the state out and back");

    private final String meaning;

    Part(String meaning) {
      this.meaning = meaning;
    }
  }

  public Bottleneck {
    requireNonNull(first, "first");
    requireNonNull(last, "last");
    lost = Map.copyOf(lost);
  }

  /** None for a curve of one level. */
  public static Optional<Bottleneck> of(Curve curve, boolean weak, Calibration calibration) {
    return curve.levels().size() < 2
        ? Optional.empty()
        : Optional.of(of(curve.first(), curve.last(), weak, calibration));
  }

  private static Bottleneck of(Level first, Level last, boolean weak, Calibration calibration) {
    TimeSplit before = first.time();
    TimeSplit now = last.time();
    double share = weak ? 1 : 1 / last.factor();
    int rounds = last.setup().roundsPerEpoch();
    int workers = last.setup().workers();
    double sync = now.sync();
    double latency = Math.min(sync, rounds * calibration.emptyJobSeconds());
    double wire = Math.min(sync - latency, rounds * workers * calibration.wireSecondsPerWorker());
    Map<Part, Double> lost = new EnumMap<>(Part.class);
    lost.put(Part.STEPS, Math.max(0, now.compute() - before.compute() * share));
    lost.put(Part.STRAGGLERS, Math.max(0, now.waiting() - before.waiting() * share));
    lost.put(Part.JOB_LATENCY, latency);
    lost.put(Part.BANDWIDTH, wire);
    lost.put(Part.DRIVER, Math.max(0, sync - latency - wire));
    return new Bottleneck(first, last, lost);
  }

  /** The part that loses most. */
  public Part worst() {
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

  /** All of it in a sentence or two. */
  public String sentence() {
    double seconds = last.time().total() - last.time().evaluation();
    String hardware =
        Sentence.of(
            "At %d rounds an epoch and batch %d, %d %s instead of %d pass images %.2f times as fast (%.0f%% efficiency)",
            last.setup().roundsPerEpoch(),
            last.setup().batchSize(),
            last.across(),
            first.setup().workers() == last.setup().workers() ? "cores" : "workers",
            first.across(),
            last.speedup().median(),
            100 * last.efficiency().median());
    String most =
        Sentence.of(
            "; most of what is lost goes to %s (%.3f s of an epoch's %.3f s).",
            worst().meaning, lost.get(worst()), seconds);
    return hardware + most + statistics();
  }

  private String statistics() {
    if (!first.toTarget().isReached() || !last.toTarget().isReached()) {
      return Sentence.of(
          " The target accuracy was reached by %d of %d runs there and by %d of %d here, so there is no time to accuracy to compare.",
          first.toTarget().reached(),
          first.toTarget().runs(),
          last.toTarget().reached(),
          last.toTarget().runs());
    }
    double whole = first.toTarget().seconds() / last.toTarget().seconds();
    double pace = first.toTarget().secondsPerEpoch() / last.toTarget().secondsPerEpoch();
    double statistical = statisticalEfficiency();
    String verdict =
        statistical < 0.95 && 1 / statistical > last.factor() / last.speedup().median()
            ? "the larger loss is statistical: each epoch teaches less"
            : statistical < 0.95
                ? "the larger loss is the hardware's"
                : "averaging costs no epochs";
    return Sentence.of(
        " It is at the target accuracy %.2f times as fast = %.2f (%.1f epochs against %.1f) x %.2f (seconds an epoch): %s.",
        whole, statistical, first.toTarget().epochs(), last.toTarget().epochs(), pace, verdict);
  }
}
