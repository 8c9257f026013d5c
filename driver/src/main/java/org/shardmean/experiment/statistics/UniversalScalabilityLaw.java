package org.shardmean.experiment.statistics;

import java.util.OptionalDouble;

/**
 * Gunther's Universal Scalability Law ("Guerrilla Capacity Planning", 2007, chapter 5): {@code X(N)
 * = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))}. With kappa at 0 it is Amdahl's law.
 *
 * @param lambda images a second of one worker
 * @param sigma contention: the share of the work that has to queue
 * @param kappa coherency: what every pair of workers costs
 */
public record UniversalScalabilityLaw(double lambda, double sigma, double kappa) {

  /** Images a second of {@code workers}. */
  public double throughput(double workers) {
    return lambda * speedup(workers);
  }

  /** How many times as fast as one worker. */
  public double speedup(double workers) {
    return workers / (1 + sigma * (workers - 1) + kappa * workers * (workers - 1));
  }

  /** The number of workers beyond which more make it slower; none while kappa is 0. */
  public OptionalDouble peak() {
    return kappa > 0
        ? OptionalDouble.of(Math.sqrt(Math.max(1, (1 - sigma) / kappa)))
        : OptionalDouble.empty();
  }

  /** What no number of workers exceeds: infinite while neither contends. */
  public double highestSpeedup() {
    return peak().isPresent() ? speedup(peak().getAsDouble()) : 1 / sigma;
  }
}
