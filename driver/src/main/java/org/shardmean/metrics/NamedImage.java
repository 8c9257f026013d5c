package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One image without a label, with the probabilities that the network gives it.
 *
 * @param name what the image is called: its file's name, or its number in a file of many, from 0
 */
public record NamedImage(String name, ClassifiedImage image) implements Serializable {
  public NamedImage {
    requireNonNull(name, "name");
    requireNonNull(image, "image");
  }
}
