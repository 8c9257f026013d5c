package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.shardmean.data.GreyImage;
import org.shardmean.data.ImageSet;

/** One grey image as a PNG image, pixel for pixel: light ink on black. */
public record GreyPng(GreyImage image) {
  /** Pixels that an image in a page is high and wide at most. */
  private static final int LARGEST_SIDE = 64;

  private static final Color PAPER = new Color(0x30, 0x30, 0x30);

  public GreyPng {
    requireNonNull(image, "image");
  }

  /**
   * An image from its bytes.
   *
   * @param pixels {@code height * width} bytes, row by row, 0 (background) to 255 (ink); copied
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static GreyPng of(byte[] pixels, int height, int width) {
    return new GreyPng(new GreyImage(pixels, height, width));
  }

  /** Image {@code i} of {@code images}. */
  public static GreyPng of(ImageSet images, int i) {
    return new GreyPng(GreyImage.of(images, i));
  }

  /** The bytes of a grey PNG file, 8 bits a pixel. */
  public byte[] png() {
    return PngWriter.png(buffered());
  }

  /**
   * The PNG file as a {@code data:} address, for an {@code img} element; a large image reduced to
   * {@value #LARGEST_SIDE} pixels, its shape kept.
   */
  public String dataUri() {
    return PngWriter.dataUri(new GreyPng(reduced()).png());
  }

  private GreyImage reduced() {
    double scale = (double) LARGEST_SIDE / Math.max(image.height(), image.width());
    return scale >= 1
        ? image
        : image.resized(
            (int) Math.max(1, Math.round(image.height() * scale)),
            (int) Math.max(1, Math.round(image.width() * scale)));
  }

  /**
   * Many images on one sheet, each with its label under it.
   *
   * @param images at least one, all of one size
   * @param labels one for each image
   * @param columns images in a row
   * @param scale how many times as large as itself each image is shown
   * @return the bytes of a PNG file
   * @throws IllegalArgumentException if there are no images, sizes or numbers of them differ, or
   *     {@code columns} or {@code scale} is not positive
   */
  public static byte[] sheet(List<GreyPng> images, List<Integer> labels, int columns, int scale) {
    List<BufferedImage> drawn = images.stream().map(GreyPng::buffered).toList();
    return new ContactSheet(columns, scale, PAPER, Color.WHITE).png(drawn, labels);
  }

  private BufferedImage buffered() {
    int height = image.height();
    int width = image.width();
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    buffered.getRaster().setDataElements(0, 0, width, height, image.pixels());
    return buffered;
  }
}
