package org.shardmean.jobs.model;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.shardmean.model.ModelSpec;
import org.shardmean.report.Inspection.ImageSize;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;

/** What size of images a model takes, which a model's file does not say. */
final class ModelImages {
  private ModelImages() {}

  /**
   * As {@code --image-size} says, else a square.
   *
   * @throws ConfigurationException if that has not as many pixels as the network has inputs
   */
  static ImageSize size(GivenSettings given, ModelSpec spec) {
    return given
        .find(ModelUseSettings.IMAGE_SIZE)
        .or(() -> square(spec))
        .filter(size -> size.height() * size.width() == spec.inputs())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "--image-size: expected a height and a width that make the model's %,d inputs, found %s; give --image-size HxW"
                        .formatted(
                            spec.inputs(),
                            given
                                .find(ModelUseSettings.IMAGE_SIZE)
                                .map(size -> size.height() + "x" + size.width())
                                .orElse("none given, and no square has so many pixels"))));
  }

  /**
   * Checks that {@code --image-size}, if it is given, is what a file says of its images.
   *
   * @throws ConfigurationException if it is not
   */
  static void requireSame(GivenSettings given, Path file, ImageSize size) {
    given
        .find(ModelUseSettings.IMAGE_SIZE)
        .filter(asked -> !asked.equals(size))
        .ifPresent(
            asked -> {
              throw new ConfigurationException(
                  "--image-size: expected %dx%d, the size of the images in %s, found %dx%d; leave it out"
                      .formatted(size.height(), size.width(), file, asked.height(), asked.width()));
            });
  }

  /** The square that has as many pixels as the network has inputs, if there is one. */
  static Optional<ImageSize> square(ModelSpec spec) {
    int side = (int) Math.round(Math.sqrt(spec.inputs()));
    return side * side == spec.inputs() ? Optional.of(new ImageSize(side, side)) : Optional.empty();
  }
}
