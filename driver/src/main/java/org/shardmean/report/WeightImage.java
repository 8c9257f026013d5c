package org.shardmean.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.model.ParameterLayout;

/**
 * What one unit of the first layer looks for, as an image: each pixel shows the weight from that
 * pixel of the image. Blue is negative, white zero, red positive, darker with distance from zero; a
 * weight that is no number is black. The colours are ColorBrewer's RdBu, which people who confuse
 * red and green tell apart (Harrower and Brewer, The Cartographic Journal 40, 2003).
 *
 * @param weights {@code height * width} weights, row by row from the top; copied in and out
 * @param height in pixels
 * @param width in pixels
 * @param limit the magnitude, above zero, from which on a weight has the darkest colour
 */
public record WeightImage(float[] weights, int height, int width, float limit) {
  private static final int[] RED = {0xffffff, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f};
  private static final int[] BLUE = {0xffffff, 0xd1e5f0, 0x92c5de, 0x4393c3, 0x2166ac, 0x053061};
  private static final int NOT_A_NUMBER = 0x000000;
  private static final Color PAPER = new Color(0xe0, 0xe0, 0xe0);

  /** Colours on either side of zero in a page, where an image has a palette to be small. */
  private static final int LEVELS = 31;

  private static final IndexColorModel PALETTE = palette();

  /**
   * @throws IllegalArgumentException if the sizes do not fit or the limit is not above zero
   */
  public WeightImage {
    if (height < 1 || width < 1 || weights.length != (long) height * width) {
      throw new IllegalArgumentException(
          "%d weights do not make an image of %dx%d".formatted(weights.length, height, width));
    }
    if (!(limit > 0f) || Float.isInfinite(limit)) {
      throw new IllegalArgumentException("the limit must be above zero, found " + limit);
    }
    weights = weights.clone();
  }

  /**
   * The images of all units of the first layer, in the units' order, with one limit for all: the
   * largest magnitude among their weights.
   *
   * @param parameters the network's flat parameter vector
   * @param height of the images that the network takes
   * @param width of the images that the network takes
   * @throws IllegalArgumentException if the first layer does not take {@code height * width} inputs
   */
  public static List<WeightImage> ofFirstLayer(
      ParameterLayout layout, float[] parameters, int height, int width) {
    if (parameters.length != layout.size()) {
      throw new IllegalArgumentException(
          "expected " + layout.size() + " parameters, found " + parameters.length);
    }
    float limit = largestMagnitude(parameters, layout.weights(0), layout.biases(0));
    List<WeightImage> images = new ArrayList<>();
    for (int unit = 0; unit < layout.outputs(0); unit++) {
      int from = layout.weight(0, 0, unit);
      float[] weights = Arrays.copyOfRange(parameters, from, from + layout.inputs(0));
      images.add(new WeightImage(weights, height, width, limit));
    }
    return images;
  }

  @Override
  public float[] weights() {
    return weights.clone();
  }

  /** The bytes of an RGB PNG file. */
  public byte[] png() {
    return PngWriter.png(buffered());
  }

  /** A PNG file of few colours as a {@code data:} address, for an {@code img} element. */
  public String dataUri() {
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, PALETTE);
    for (int p = 0; p < weights.length; p++) {
      indexed.getRaster().setSample(p % width, p / width, 0, index(weights[p]));
    }
    return PngWriter.dataUri(PngWriter.png(indexed));
  }

  private int index(float weight) {
    float share = weight / limit;
    return Float.isNaN(share)
        ? 0
        : 1 + LEVELS + Math.round(LEVELS * Math.max(-1f, Math.min(1f, share)));
  }

  private static IndexColorModel palette() {
    byte[][] channels = new byte[3][2 * LEVELS + 2];
    for (int index = 1; index < channels[0].length; index++) {
      int colour = colour((float) (index - 1 - LEVELS) / LEVELS, 1f);
      for (int channel = 0; channel < 3; channel++) {
        channels[channel][index] = (byte) (colour >> (8 * (2 - channel)));
      }
    }
    return new IndexColorModel(8, channels[0].length, channels[0], channels[1], channels[2]);
  }

  /**
   * Many units on one sheet, each with its number, from 0, under it.
   *
   * @param units at least one, all of one size
   * @param columns units in a row
   * @param scale how many times as large as itself each image is shown
   * @return the bytes of a PNG file
   * @throws IllegalArgumentException if there are no units, sizes differ, or {@code columns} or
   *     {@code scale} is not positive
   */
  public static byte[] sheet(List<WeightImage> units, int columns, int scale) {
    List<BufferedImage> images = units.stream().map(WeightImage::buffered).toList();
    List<Integer> numbers = IntStream.range(0, units.size()).boxed().toList();
    return new ContactSheet(columns, scale, PAPER, Color.BLACK).png(images, numbers);
  }

  /** The colour of a weight, as 0xRRGGBB. */
  static int colour(float weight, float limit) {
    if (Float.isNaN(weight)) {
      return NOT_A_NUMBER;
    }
    int[] stops = weight < 0f ? BLUE : RED;
    float place = Math.min(1f, Math.abs(weight) / limit) * (stops.length - 1);
    int stop = Math.min((int) place, stops.length - 2);
    return mix(stops[stop], stops[stop + 1], place - stop);
  }

  private static int mix(int from, int to, float share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int start = from >> shift & 0xff;
      int end = to >> shift & 0xff;
      mixed |= Math.round(start + share * (end - start)) << shift;
    }
    return mixed;
  }

  private static float largestMagnitude(float[] values, int from, int to) {
    float largest = Float.MIN_NORMAL;
    for (int i = from; i < to; i++) {
      float magnitude = Math.abs(values[i]);
      if (magnitude > largest && magnitude < Float.POSITIVE_INFINITY) {
        largest = magnitude;
      }
    }
    return largest;
  }

  private BufferedImage buffered() {
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < weights.length; p++) {
      buffered.setRGB(p % width, p / width, colour(weights[p], limit));
    }
    return buffered;
  }
}
