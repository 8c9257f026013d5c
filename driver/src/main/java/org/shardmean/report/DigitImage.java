package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.shardmean.data.GreyImage;
import org.shardmean.data.ImageSet;

/** One digit as a PNG image, pixel for pixel: light ink on black. */
public record DigitImage(GreyImage image) {
  private static final Color PAPER = new Color(0x30, 0x30, 0x30);

  public DigitImage {
    requireNonNull(image, "image");
  }

  /**
   * A digit from its bytes.
   *
   * @param pixels {@code height * width} bytes, row by row, 0 (background) to 255 (ink); copied
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static DigitImage of(byte[] pixels, int height, int width) {
    return new DigitImage(new GreyImage(pixels, height, width));
  }

  /** Image {@code i} of {@code digits}. */
  public static DigitImage of(ImageSet digits, int i) {
    return new DigitImage(GreyImage.of(digits, i));
  }

  /** The bytes of a grey PNG file, 8 bits a pixel. */
  public byte[] png() {
    return PngWriter.png(buffered());
  }

  /** The PNG file as a {@code data:} address, for an {@code img} element. */
  public String dataUri() {
    return PngWriter.dataUri(png());
  }

  /**
   * Many digits on one sheet, each with its label under it.
   *
   * @param digits at least one, all of one size
   * @param labels one for each digit
   * @param columns digits in a row
   * @param scale how many times as large as itself each digit is shown
   * @return the bytes of a PNG file
   * @throws IllegalArgumentException if there are no digits, sizes or numbers of them differ, or
   *     {@code columns} or {@code scale} is not positive
   */
  public static byte[] sheet(
      List<DigitImage> digits, List<Integer> labels, int columns, int scale) {
    List<BufferedImage> images = digits.stream().map(DigitImage::buffered).toList();
    return new ContactSheet(columns, scale, PAPER, Color.WHITE).png(images, labels);
  }

  private BufferedImage buffered() {
    int height = image.height();
    int width = image.width();
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    buffered.getRaster().setDataElements(0, 0, width, height, image.pixels());
    return buffered;
  }
}
