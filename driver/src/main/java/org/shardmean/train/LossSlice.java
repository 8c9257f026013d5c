package org.shardmean.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.data.Examples;
import org.shardmean.model.ModelSpec;

/**
 * A slice of a network's loss surface: the mean loss of some training examples along a straight
 * line. The line starts at the run's first parameters and goes down the steepest way, against the
 * gradient of these examples.
 *
 * <p>A place on the line is the learning rate whose first step of plain gradient descent ends
 * there: at {@code t} the parameters are {@code start - t * gradient}. So a step of rate {@code r}
 * from 0 ends at {@code r}, and one from elsewhere goes as far as the slope there has it in
 * proportion.
 *
 * @param examples how many the loss is the mean of
 * @param from the first place, below 0
 * @param to the last place
 * @param losses at evenly spaced places from the first to the last, finite
 */
public record LossSlice(int examples, double from, double to, List<Double> losses) {
  /** Places at which the loss is worked out. */
  private static final int PLACES = 33;

  private static final int FEWEST_PLACES = 5;
  private static final int MOST_PLACES = 1000;

  /** Steps of a descent that is drawn. */
  private static final int STEPS = 8;

  /** The first rate that is tried for the far end. */
  private static final double FIRST_END = 1.0 / 64;

  private static final int MOST_DOUBLINGS = 16;

  /** How much the far end is higher than the start, for each unit that the valley is lower. */
  private static final double FAR_WALL = 2.5;

  private static final int HALVINGS = 3;

  /** How far the line goes behind its start, as a share of its length: 0 is a place. */
  private static final double BEHIND = 1.0 / 7;

  /**
   * @throws IllegalArgumentException if a number is not as described
   */
  public LossSlice {
    losses = List.copyOf(losses);
    if (examples < 1 || losses.size() < FEWEST_PLACES || losses.size() > MOST_PLACES) {
      throw new IllegalArgumentException(
          "expected examples and %d to %d losses, found %d and %d"
              .formatted(FEWEST_PLACES, MOST_PLACES, examples, losses.size()));
    }
    boolean isAround = from < 0 && to > 0 && !Double.isInfinite(to - from);
    if (!isAround || !losses.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "expected a line from below 0 to above 0 and finite losses, found %s, %s and %s"
              .formatted(from, to, losses));
    }
  }

  /** A place on the line, and the loss there. */
  public record Place(double at, double loss) {}

  /**
   * Works out the slice.
   *
   * @param examples some training examples
   * @param start the run's first parameters, which are not changed
   * @return empty if the loss does not rise again, or is not finite
   */
  public static Optional<LossSlice> of(ModelSpec spec, Examples examples, float[] start) {
    LocalSettings settings =
        LocalSettings.of(
            EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(1), examples.count());
    try (Line line = new Line(spec, settings, examples, start)) {
      double end = line.end();
      double from = -BEHIND * end;
      List<Double> losses = new ArrayList<>();
      for (int p = 0; p < PLACES; p++) {
        losses.add(line.loss(from + (end - from) * p / (PLACES - 1)));
      }
      boolean isFinite = losses.stream().allMatch(Double::isFinite);
      boolean rises = losses.get(PLACES - 1) >= line.loss(0);
      return isFinite && rises
          ? Optional.of(new LossSlice(examples.count(), from, end, losses))
          : Optional.empty();
    }
  }

  /** The loss along the line, by the network itself. */
  private static final class Line implements AutoCloseable {
    private final Examples examples;
    private final float[] start;
    private final float[] gradient;
    private final LocalScorer scorer;

    Line(ModelSpec spec, LocalSettings settings, Examples examples, float[] start) {
      this.examples = examples;
      this.start = start;
      this.gradient = gradient(spec, settings, examples, start);
      this.scorer = new LocalScorer(spec, settings);
    }

    private static float[] gradient(
        ModelSpec spec, LocalSettings settings, Examples examples, float[] start) {
      Batch batch = new Batch(examples.count(), spec);
      batch.fill(examples, IntStream.range(0, examples.count()).toArray(), 0, examples.count());
      try (FusedEngine engine = new FusedEngine(spec, settings)) {
        engine.load(TrainingState.initial(start, Optimizer.SGD));
        engine.step(batch, 1);
        return engine.gradient();
      }
    }

    double loss(double at) {
      float[] there = new float[start.length];
      for (int i = 0; i < there.length; i++) {
        there[i] = start[i] - (float) at * gradient[i];
      }
      scorer.load(there);
      return scorer.score(examples).loss();
    }

    /** Where the loss has risen again beyond the valley, above where it was at the start. */
    double end() {
      double atStart = loss(0);
      double lowest = atStart;
      double end = FIRST_END;
      double atEnd = loss(end);
      for (int d = 0; d < MOST_DOUBLINGS && atEnd < above(atStart, lowest); d++) {
        lowest = Math.min(lowest, atEnd);
        end *= 2;
        atEnd = loss(end);
      }
      double within = end / 2;
      for (int h = 0; h < HALVINGS; h++) {
        double middle = (within + end) / 2;
        if (loss(middle) < above(atStart, lowest)) {
          within = middle;
        } else {
          end = middle;
        }
      }
      return end;
    }

    private static double above(double atStart, double lowest) {
      return atStart + FAR_WALL * (atStart - lowest);
    }

    @Override
    public void close() {
      scorer.close();
    }
  }

  /** The places at which the loss was worked out, in order. */
  public List<Place> places() {
    return IntStream.range(0, losses.size())
        .mapToObj(p -> new Place(from + p * apart(), losses.get(p)))
        .toList();
  }

  private double apart() {
    return (to - from) / (losses.size() - 1);
  }

  /** The loss between the places, by a curve through them. */
  double lossAt(double at) {
    int p = interval(at);
    double x = (at - from) / apart() - p;
    double low = losses.get(p);
    double high = losses.get(p + 1);
    double slopeLow = slopeOfPlace(p);
    double slopeHigh = slopeOfPlace(p + 1);
    // Hermite's cubic: the losses and the slopes at both ends.
    return low * (1 + 2 * x) * (1 - x) * (1 - x)
        + slopeLow * x * (1 - x) * (1 - x)
        + high * x * x * (3 - 2 * x)
        + slopeHigh * x * x * (x - 1);
  }

  /** The derivative of {@link #lossAt} by the place. */
  double slopeAt(double at) {
    int p = interval(at);
    double x = (at - from) / apart() - p;
    double slope =
        6 * x * (1 - x) * (losses.get(p + 1) - losses.get(p))
            + slopeOfPlace(p) * (1 - x) * (1 - 3 * x)
            + slopeOfPlace(p + 1) * x * (3 * x - 2);
    return slope / apart();
  }

  private int interval(double at) {
    return Math.max(0, Math.min(losses.size() - 2, (int) ((at - from) / apart())));
  }

  /** For one interval. */
  private double slopeOfPlace(int p) {
    int before = Math.max(0, p - 1);
    int after = Math.min(losses.size() - 1, p + 1);
    return (losses.get(after) - losses.get(before)) / (after - before);
  }

  /** A rate with which gradient descent gets nowhere in the steps that are drawn. */
  public double tooSmall() {
    return right() / 16;
  }

  /** A rate that leads to the bottom of the valley within the steps that are drawn. */
  public double right() {
    double bottom =
        places().stream()
            .min((a, b) -> Double.compare(a.loss(), b.loss()))
            .map(Place::at)
            .orElseThrow();
    double[] tried = {bottom / 2, bottom / 4, bottom / 8};
    return Arrays.stream(tried)
        .boxed()
        .min((a, b) -> Double.compare(lossAfter(a), lossAfter(b)))
        .orElseThrow();
  }

  /** A rate whose first step ends on the other side of the valley, higher than the start. */
  public double tooLarge() {
    return to;
  }

  private double lossAfter(double rate) {
    List<Place> descent = descent(rate);
    return descent.size() <= STEPS
        ? Double.POSITIVE_INFINITY
        : descent.get(descent.size() - 1).loss();
  }

  /**
   * Plain gradient descent along the line.
   *
   * @return where it starts, and where it is after each step; it ends early where it leaves the
   *     slice
   */
  public List<Place> descent(double rate) {
    double perSlope = rate / -slopeAt(0);
    double at = 0;
    List<Place> places = new ArrayList<>(List.of(new Place(at, lossAt(at))));
    for (int step = 0; step < STEPS; step++) {
      at -= perSlope * slopeAt(at);
      if (!(at >= from && at <= to * (1 + 1e-9))) {
        break;
      }
      places.add(new Place(at, lossAt(at)));
    }
    return places;
  }

  /** Whether a descent goes on to the last step within the slice. */
  public boolean stays(List<Place> descent) {
    return descent.size() == STEPS + 1;
  }
}
