package org.shardmean.train;

import java.io.Serializable;
import org.shardmean.data.RandomOrder;
import org.shardmean.data.Seeds;

/**
 * Which part of the run a worker does in one round. An epoch's batches are divided among its rounds
 * in order, as evenly as whole batches allow.
 *
 * @param seed of the run
 * @param epochs of the run
 * @param roundsPerEpoch of the run
 * @param epoch from 1
 * @param round from 1, within the epoch
 */
public record RoundPlan(long seed, int epochs, int roundsPerEpoch, int epoch, int round)
    implements Serializable {
  public RoundPlan {
    if (epoch < 1 || epoch > epochs || round < 1 || round > roundsPerEpoch) {
      throw new IllegalArgumentException(
          "epoch must be 1 to %d and round 1 to %d, found %d and %d"
              .formatted(epochs, roundsPerEpoch, epoch, round));
    }
  }

  /** The order in which {@code worker} sees its {@code examples} in this epoch. */
  public RandomOrder order(int worker, int examples) {
    return new RandomOrder(examples, orderSeed(worker));
  }

  /** What {@link #order} depends on, beside the number of examples: the same in every round. */
  long orderSeed(int worker) {
    return Seeds.mix(seed, Seeds.Purpose.SHUFFLE, epoch, worker);
  }

  /** Which pixels input dropout takes from the epoch's batch {@code batch} on {@code worker}. */
  public long maskSeed(int worker, int batch) {
    return Seeds.mix(seed, Seeds.Purpose.INPUT_DROPOUT, epoch, worker, batch);
  }

  /** The first of the epoch's {@code batches} that belongs to this round, from 0. */
  public int firstBatch(int batches) {
    return (int) ((long) batches * (round - 1) / roundsPerEpoch);
  }

  /** One past the last of the epoch's {@code batches} that belongs to this round. */
  public int endBatch(int batches) {
    return (int) ((long) batches * round / roundsPerEpoch);
  }

  /** The share of the run that is done in the middle of the epoch's batch {@code batch}. */
  public double progress(int batch, int batches) {
    return (epoch - 1 + (batch + 0.5) / batches) / epochs;
  }
}
