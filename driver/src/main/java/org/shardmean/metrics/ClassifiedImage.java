package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One image with the probabilities that the network gives it.
 *
 * @param pixels row by row, 0 to 255; copied in and out
 * @param probabilities one for each class, none if the network was not asked; copied in and out
 */
public record ClassifiedImage(byte[] pixels, float[] probabilities) implements Serializable {
  public ClassifiedImage {
    pixels = requireNonNull(pixels, "pixels").clone();
    probabilities = requireNonNull(probabilities, "probabilities").clone();
  }

  /** One without probabilities, because the network was not asked. */
  public static ClassifiedImage unasked(byte[] pixels) {
    return new ClassifiedImage(pixels, new float[0]);
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
    return Likeliest.of(probabilities, 0, probabilities.length);
  }

  /** The probability of the predicted class. */
  public float confidence() {
    return probabilities[predicted()];
  }
}
