package org.shardmean.settings;

/**
 * What settings must fit.
 *
 * @param trainExamples examples to train on, without any held out for validation
 * @param inputs pixels of an image
 * @param classes classes of the labels
 */
public record DataShape(int trainExamples, int inputs, int classes) {
  public DataShape {
    if (trainExamples < 1 || inputs < 1 || classes < 1) {
      throw new IllegalArgumentException(
          "data must have examples, inputs and classes, found %d, %d and %d"
              .formatted(trainExamples, inputs, classes));
    }
  }
}
