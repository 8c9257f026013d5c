package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import org.shardmean.data.ExampleSource;
import org.shardmean.run.RunConfig;

/**
 * What every rival shall learn.
 *
 * @param ours Shardmean's settings, from which network, epochs, seed and the number of averagings
 *     are taken
 * @param training the images to learn
 * @param validation the images to be scored on
 * @param slots task slots of the cluster
 * @param dl4jRate learning rate of {@link Rival#DL4J_EQUAL}
 * @param mllibIterations iterations of {@link Rival#MLLIB} at most
 */
public record Lesson(
    RunConfig ours,
    ExampleSource training,
    ExampleSource validation,
    int slots,
    double dl4jRate,
    int mllibIterations) {
  public Lesson {
    requireNonNull(ours, "ours");
    requireNonNull(training, "training");
    requireNonNull(validation, "validation");
    if (slots < 1 || !(dl4jRate > 0) || mllibIterations < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 slot, a rate above 0 and at least 1 iteration, found %d, %s and %d"
              .formatted(slots, dl4jRate, mllibIterations));
    }
  }
}
