package org.shardmean.run;

/**
 * Where an epoch's (or a round's) wall-clock time went; the parts add up to the whole.
 *
 * @param compute seconds in local steps, the mean over the workers
 * @param waiting seconds the mean worker's core waited for the slowest worker, or for a turn
 * @param sync seconds in everything else a round costs: job, wire, averaging
 * @param evaluation seconds in scoring the validation examples
 */
public record TimeSplit(double compute, double waiting, double sync, double evaluation) {
  public static final TimeSplit ZERO = new TimeSplit(0, 0, 0, 0);

  /** Seconds in all. */
  public double total() {
    return compute + waiting + sync + evaluation;
  }

  public TimeSplit plus(TimeSplit other) {
    return new TimeSplit(
        compute + other.compute,
        waiting + other.waiting,
        sync + other.sync,
        evaluation + other.evaluation);
  }
}
