package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One image with what the network says of it.
 *
 * @param example its number among the examples it was taken from
 * @param pixels row by row, 0 to 255; copied in and out
 * @param actual its label
 * @param probabilities one for each class; copied in and out
 */
public record ClassifiedDigit(int example, byte[] pixels, int actual, float[] probabilities)
    implements Serializable {
  public ClassifiedDigit {
    pixels = requireNonNull(pixels, "pixels").clone();
    probabilities = requireNonNull(probabilities, "probabilities").clone();
  }

  @Override
  public byte[] pixels() {
    return pixels.clone();
  }

  @Override
  public float[] probabilities() {
    return probabilities.clone();
  }

  /** The class with the highest probability, the first of equals. */
  public int predicted() {
    return Likeliest.of(probabilities);
  }

  public boolean isRight() {
    return predicted() == actual;
  }
}
