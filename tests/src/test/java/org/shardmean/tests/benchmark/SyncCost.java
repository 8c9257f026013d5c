package org.shardmean.tests.benchmark;

/**
 * What a round costs beyond its local steps.
 *
 * @param master where
 * @param parameters of the network; a state is three times as many floats, with Adam's moments
 * @param workers tasks in the round's job and in the empty one
 * @param round milliseconds of a whole round whose workers each do one step on one image
 * @param sync milliseconds of it that are no local step: job, wire, mean
 * @param emptyJob milliseconds of a Spark job of as many tasks that do nothing, run between rounds
 */
public record SyncCost(
    String master, int parameters, int workers, Spread round, Spread sync, Spread emptyJob) {

  public double timesEmptyJob() {
    return sync.median() / emptyJob.median();
  }
}
