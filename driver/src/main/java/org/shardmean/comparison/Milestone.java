package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import org.shardmean.metrics.ConfusionMatrix;

/**
 * Where a training stands.
 *
 * @param label such as {@code epoch 3}
 * @param seconds on its clock: preparation and training, without any scoring
 * @param validation every validation image, scored once
 */
public record Milestone(String label, double seconds, ConfusionMatrix validation) {
  public Milestone {
    requireNonNull(label, "label");
    requireNonNull(validation, "validation");
    if (!(seconds >= 0) || validation.total() == 0) {
      throw new IllegalArgumentException(
          "expected seconds from 0 and a score of some images, found %s and %d"
              .formatted(seconds, validation.total()));
    }
  }

  /** The share of validation images that were classified correctly, 0 to 1. */
  public double accuracy() {
    return validation.accuracy();
  }
}
