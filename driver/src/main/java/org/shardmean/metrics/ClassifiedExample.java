package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One labelled image with the probabilities that the network gives it.
 *
 * @param example its number among the examples it was taken from
 * @param actual its label
 */
public record ClassifiedExample(int example, int actual, ClassifiedImage image)
    implements Serializable {
  public ClassifiedExample {
    requireNonNull(image, "image");
  }

  /** Whether the predicted class is the actual one. */
  public boolean isCorrect() {
    return image.predicted() == actual;
  }

  /** The same image, numbered in a list where {@code before} more examples come first. */
  public ClassifiedExample shiftedBy(int before) {
    return new ClassifiedExample(example + before, actual, image);
  }
}
