package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One image with its label and what the network says of it.
 *
 * @param example its number among the examples it was taken from
 * @param actual its label
 */
public record ClassifiedDigit(int example, int actual, ClassifiedImage image)
    implements Serializable {
  public ClassifiedDigit {
    requireNonNull(image, "image");
  }

  public boolean isRight() {
    return image.predicted() == actual;
  }
}
