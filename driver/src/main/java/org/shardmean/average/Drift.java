package org.shardmean.average;

import static java.util.Objects.requireNonNull;

/**
 * How far the workers had moved apart when a round averaged them.
 *
 * @param dispersion the root of the weighted mean squared distance of the workers' parameters from
 *     their mean, over the length of the mean's step from where the round began; 0 for one worker.
 *     Where that step has length 0 it is infinite, or NaN if the workers agree
 * @param stepLength the length of that step, {@code |mean - start|}
 * @param cosine between this round's step and the one before; NaN in the first round, and where one
 *     of the two has length 0
 * @param noiseScale the gradient noise scale in examples, estimated from the workers' differing
 *     updates (McCandlish et al., "An Empirical Model of Large-Batch Training", 2018, appendix
 *     A.1); NaN for one worker; infinite where the updates differ too much to show a signal
 */
public record Drift(double dispersion, double stepLength, double cosine, double noiseScale) {

  /** Measures round by round; remembers the last round's step for the cosine. */
  public static final class Meter {
    private float[] lastStep;

    /** At the start of a run. */
    public Meter() {
      this(new float[0]);
    }

    /**
     * One that goes on.
     *
     * @param lastStep of the round before; empty before the first; held, not copied
     */
    public Meter(float[] lastStep) {
      this.lastStep = requireNonNull(lastStep, "lastStep");
    }

    /** The last round's step, not copied; empty before the first. */
    public float[] lastStep() {
      return lastStep;
    }

    /**
     * The drift of one round.
     *
     * @param start the parameters the round began with
     * @param round the sum over all workers
     */
    public Drift measure(float[] start, RoundSum round) {
      float[] step = Vectors.difference(round.mean().parameters(), start);
      double squaredStep = Vectors.dot(step, step);
      double cosine =
          lastStep.length == 0
              ? Double.NaN
              : Vectors.dot(step, lastStep)
                  / Math.sqrt(squaredStep * Vectors.dot(lastStep, lastStep));
      lastStep = step;
      long examples = round.score().examples();
      double variance = examples == 0 ? 0 : round.spread() / examples;
      return new Drift(
          Math.sqrt(variance / squaredStep),
          Math.sqrt(squaredStep),
          cosine,
          noiseScale(variance, squaredStep, examples, round.workers()));
    }

    /**
     * The simple noise scale {@code S / |G|²}, with worker updates in the place of gradients: those
     * of {@code examples / workers} examples each have mean square {@code |mean|² + variance}, the
     * one of all examples has {@code |mean|²} (McCandlish et al., 2018, equations A.1 and A.2).
     */
    private static double noiseScale(
        double variance, double squaredStep, long examples, int workers) {
      if (workers == 1) {
        return Double.NaN;
      }
      double small = (double) examples / workers;
      double squaredSmall = squaredStep + variance;
      double squaredSignal = (examples * squaredStep - small * squaredSmall) / (examples - small);
      double noise = variance / (1 / small - 1.0 / examples);
      return squaredSignal > 0 ? noise / squaredSignal : Double.POSITIVE_INFINITY;
    }
  }
}
