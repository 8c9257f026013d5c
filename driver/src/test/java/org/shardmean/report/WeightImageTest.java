package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

class WeightImageTest {
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(new ModelSpec(List.of(6, 2, 3), Activation.RELU));

  @Test
  void zeroIsWhiteAndTheLimitsAreDarkest() {
    assertEquals(0xffffff, WeightImage.colour(0f, 1f));
    assertEquals(0xffffff, WeightImage.colour(-0f, 1f));
    assertEquals(0x67001f, WeightImage.colour(1f, 1f));
    assertEquals(0x053061, WeightImage.colour(-1f, 1f));
    assertEquals(0xd6604d, WeightImage.colour(0.3f, 0.5f));
    assertEquals(0x4393c3, WeightImage.colour(-0.3f, 0.5f));
  }

  @Test
  void whatLiesBeyondTheLimitIsDarkestToo() {
    assertEquals(0x67001f, WeightImage.colour(7f, 1f));
    assertEquals(0x053061, WeightImage.colour(Float.NEGATIVE_INFINITY, 1f));
  }

  @Test
  void aWeightThatIsNoNumberIsBlack() {
    assertEquals(0, WeightImage.colour(Float.NaN, 1f));
  }

  @Property(tries = 200)
  void negativeIsBluerAndPositiveRedder(@ForAll @FloatRange(min = 0.01f, max = 5f) float weight) {
    int positive = WeightImage.colour(weight, 3f);
    int negative = WeightImage.colour(-weight, 3f);
    assertTrue((positive >> 16) > (positive & 0xff));
    assertTrue((negative >> 16) < (negative & 0xff));
  }

  /** Read in grey, as on paper, distance from zero still shows. */
  @Property(tries = 200)
  void furtherFromZeroIsDarker(
      @ForAll @FloatRange(min = -1f, max = 1f) float weight,
      @ForAll @FloatRange(min = 0f, max = 1f) float share) {
    assertTrue(
        luminance(WeightImage.colour(weight, 1f))
            <= luminance(WeightImage.colour(weight * share, 1f)) + 1);
  }

  @Test
  void anImageHasOnePixelAWeight() throws IOException {
    WeightImage unit = new WeightImage(new float[] {0, 1, -1, 2, 0, Float.NaN}, 2, 3, 1f);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(unit.png()));
    int[] found = image.getRGB(0, 0, 3, 2, null, 0, 3);
    assertArrayEquals(
        new int[] {0xffffffff, 0xff67001f, 0xff053061, 0xff67001f, 0xffffffff, 0xff000000}, found);
    assertTrue(unit.dataUri().startsWith("data:image/png;base64,iVBORw0KGgo"));
  }

  @Test
  void theFirstLayersUnitsAreFoundInTheFlatVector() {
    List<WeightImage> units = WeightImage.ofFirstLayer(LAYOUT, counting(), 2, 3);
    assertEquals(2, units.size());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, units.get(0).weights());
    assertArrayEquals(new float[] {6, 7, 8, 9, 10, 11}, units.get(1).weights());
    assertEquals(11f, units.get(0).limit());
    assertEquals(11f, units.get(1).limit());
  }

  @Test
  void weightsThatAreAllZeroOrNoNumbersCanBeDrawn() {
    float[] parameters = new float[LAYOUT.size()];
    assertEquals(0xffffff, WeightImage.colour(0f, limitOf(parameters)));
    parameters[0] = Float.NaN;
    parameters[1] = Float.POSITIVE_INFINITY;
    parameters[2] = -3f;
    assertEquals(3f, limitOf(parameters));
  }

  @Test
  void aSheetHoldsEveryUnit() throws IOException {
    List<WeightImage> units = WeightImage.ofFirstLayer(LAYOUT, counting(), 2, 3);
    BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(WeightImage.sheet(units, 16, 10)));
    assertEquals(2 * (30 + 6) + 6, sheet.getWidth());
    assertEquals(20 + 22 + 6, sheet.getHeight());
    assertEquals(WeightImage.colour(5f, 11f), sheet.getRGB(6 + 29, 6 + 19) & 0xffffff);
    assertEquals(WeightImage.colour(6f, 11f), sheet.getRGB(6 + 36, 6) & 0xffffff);
  }

  @Test
  void imagesThatDoNotFitAreRefused() {
    refuse(new float[5], 2, 3, 1f);
    refuse(new float[0], 0, 3, 1f);
    refuse(new float[6], 2, 3, 0f);
    refuse(new float[6], 2, 3, Float.NaN);
    refuse(new float[6], 2, 3, Float.POSITIVE_INFINITY);
    assertThrows(
        IllegalArgumentException.class, () -> WeightImage.ofFirstLayer(LAYOUT, counting(), 3, 3));
    assertThrows(
        IllegalArgumentException.class, () -> WeightImage.ofFirstLayer(LAYOUT, new float[3], 2, 3));
  }

  private static void refuse(float[] weights, int height, int width, float limit) {
    assertThrows(
        IllegalArgumentException.class, () -> new WeightImage(weights, height, width, limit));
  }

  private static float limitOf(float[] parameters) {
    return WeightImage.ofFirstLayer(LAYOUT, parameters, 2, 3).get(0).limit();
  }

  private static float[] counting() {
    float[] parameters = new float[LAYOUT.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i;
    }
    return parameters;
  }

  private static double luminance(int rgb) {
    return 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
  }
}
