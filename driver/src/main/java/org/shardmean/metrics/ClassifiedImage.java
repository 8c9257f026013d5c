package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One image without a label, with what the network says of it.
 *
 * @param name what the image is called: its file's name, or its number in a file of many, from 0
 * @param pixels row by row, 0 to 255; copied in and out
 * @param probabilities one for each class; copied in and out
 */
public record ClassifiedImage(String name, byte[] pixels, float[] probabilities)
    implements Serializable {
  public ClassifiedImage {
    requireNonNull(name, "name");
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

  /** The probability of the predicted class. */
  public float confidence() {
    return probabilities[predicted()];
  }
}
