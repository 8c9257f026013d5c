package org.shardmean.settings;

/**
 * What settings must fit.
 *
 * @param trainExamples examples to train on, without any held out for validation
 * @param inputs pixels of an image, or features of a row
 * @param classes classes of the labels
 * @param targets what a network should answer; 0 where examples have labels
 */
public record DataShape(int trainExamples, int inputs, int classes, int targets) {
  public DataShape {
    if (trainExamples < 1 || inputs < 1 || classes < 1 || targets < 0) {
      throw new IllegalArgumentException(
          "data must have examples, inputs and classes, found %d, %d and %d"
              .formatted(trainExamples, inputs, classes));
    }
  }

  /** Of examples with labels. */
  public DataShape(int trainExamples, int inputs, int classes) {
    this(trainExamples, inputs, classes, 0);
  }
}
