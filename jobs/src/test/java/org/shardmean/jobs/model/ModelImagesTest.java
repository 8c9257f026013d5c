package org.shardmean.jobs.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.report.Inspection.ImageSize;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Written;

class ModelImagesTest {
  private static final ModelSpec SQUARE = ModelSpec.parse("784-10", Activation.RELU);
  private static final ModelSpec NO_SQUARE = ModelSpec.parse("600-10", Activation.RELU);

  private static final GivenSettings NOTHING = new GivenSettings(List.of());

  @Test
  void imagesAreSquareUnlessTold() {
    assertEquals(new ImageSize(28, 28), ModelImages.size(NOTHING, SQUARE));
    assertEquals(Optional.empty(), ModelImages.square(NO_SQUARE));
  }

  @Test
  void theGivenSizeGoesBeforeTheSquare() {
    assertEquals(new ImageSize(14, 56), ModelImages.size(given("14x56"), SQUARE));
    assertEquals(new ImageSize(20, 30), ModelImages.size(given("20x30"), NO_SQUARE));
  }

  @Test
  void aSizeOfOtherPixelsIsRefused() {
    assertEquals(
        "--image-size: expected a height and a width that make the model's 784 inputs, found 28x27;"
            + " give --image-size HxW",
        refusal(given("28x27"), SQUARE));
  }

  @Test
  void withoutASquareTheSizeMustBeGiven() {
    assertEquals(
        "--image-size: expected a height and a width that make the model's 600 inputs, found none"
            + " given, and no square has so many pixels; give --image-size HxW",
        refusal(NOTHING, NO_SQUARE));
  }

  @Test
  void anotherSizeThanThatOfTheFileIsRefused() {
    Path file = new Path("digits-idx3-ubyte");
    ImageSize size = new ImageSize(28, 28);

    assertDoesNotThrow(() -> ModelImages.requireSame(NOTHING, file, size));
    assertDoesNotThrow(() -> ModelImages.requireSame(given("28x28"), file, size));
    assertEquals(
        "--image-size: expected 28x28, the size of the images in digits-idx3-ubyte, found 14x56;"
            + " leave it out",
        assertThrows(
                ConfigurationException.class,
                () -> ModelImages.requireSame(given("14x56"), file, size))
            .getMessage());
  }

  private static String refusal(GivenSettings given, ModelSpec spec) {
    return assertThrows(ConfigurationException.class, () -> ModelImages.size(given, spec))
        .getMessage();
  }

  private static GivenSettings given(String size) {
    return NOTHING.under(Map.of("image-size", new Written(size, "--image-size")));
  }
}
