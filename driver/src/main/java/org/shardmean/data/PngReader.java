package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads a PNG image as the network takes it: grey, light ink on a black ground, of one size.
 *
 * <p>Colours become their luminance (Rec. 601: 0.299 R + 0.587 G + 0.114 B) over white where they
 * are transparent. Where the image's border is light on average, as paper is, the image is
 * inverted. Another size is fitted with its shape kept, by averaging areas, and padded with black.
 *
 * @param height of the images that are wanted, in pixels
 * @param width of the images that are wanted, in pixels
 */
public record PngReader(int height, int width) {
  private static final int MOST_BYTES = 64 << 20;
  private static final int LIGHT = 128;

  /**
   * @throws IllegalArgumentException if a size is not positive
   */
  public PngReader {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "the wanted size must be positive, found " + height + "x" + width);
    }
  }

  /**
   * Reads the image at {@code path}, on any file system that Hadoop knows.
   *
   * @throws DataException if there is no such file, it cannot be read, or it is not a valid PNG
   *     image
   */
  public GreyImage read(Path path, Configuration configuration) {
    requireNonNull(path, "path");
    requireNonNull(configuration, "configuration");
    try (InputFile file = InputFile.open(path, configuration)) {
      return read(file.in(), path.toString());
    } catch (IOException e) {
      throw InputFile.unreadable(path, e);
    }
  }

  /**
   * Reads the image that {@code in} holds, which is left open.
   *
   * @param name what to call it in an error
   * @throws DataException if it cannot be read or is not a valid PNG image
   */
  public GreyImage read(InputStream in, String name) {
    requireNonNull(in, "in");
    requireNonNull(name, "name");
    byte[] bytes;
    try {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw InputFile.unreadable(name, e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new DataException(
          "%s: expected a PNG image of at most %d bytes, found more; save it at a smaller size"
              .formatted(name, MOST_BYTES));
    }
    GreyImage grey = grey(decode(name, PngChunks.checked(name, bytes)));
    return (isLight(grey) ? grey.inverted() : grey).fitted(height, width);
  }

  private static BufferedImage decode(String name, byte[] png) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      // Invalid pixel data makes the decoder fail with many kinds of exception.
      throw new DataException(
          name
              + ": expected valid PNG pixel data, found data that cannot be decoded; save the image again",
          e);
    } finally {
      reader.dispose();
    }
  }

  private static GreyImage grey(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] grey = new byte[height * width];
    // Java reads stored grey as linear light; its conversion to RGB would make it brighter.
    boolean storedGrey =
        image.getRaster().getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int value = storedGrey ? sample(image, row, column) : luminance(image.getRGB(column, row));
        grey[row * width + column] = (byte) value;
      }
    }
    return new GreyImage(grey, height, width);
  }

  private static int sample(BufferedImage image, int row, int column) {
    Raster raster = image.getRaster();
    int shift = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
    int value = raster.getSample(column, row, 0) >> shift;
    return raster.getNumBands() == 1
        ? value
        : overWhite(value, raster.getSample(column, row, 1) >> shift);
  }

  private static int luminance(int argb) {
    int red = argb >> 16 & 0xff;
    int green = argb >> 8 & 0xff;
    int blue = argb & 0xff;
    return overWhite((299 * red + 587 * green + 114 * blue + 500) / 1000, argb >>> 24);
  }

  private static int overWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }

  private static boolean isLight(GreyImage image) {
    long sum = 0;
    long pixels = 0;
    for (int row = 0; row < image.height(); row++) {
      boolean edge = row == 0 || row == image.height() - 1;
      int step = edge ? 1 : Math.max(1, image.width() - 1);
      for (int column = 0; column < image.width(); column += step) {
        sum += image.value(row, column);
        pixels++;
      }
    }
    return sum >= pixels * LIGHT;
  }
}
