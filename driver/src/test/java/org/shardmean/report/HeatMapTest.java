package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;

class HeatMapTest {
  @Test
  void aPixelIsACellAndNothingCountedIsTransparent() throws Exception {
    BufferedImage image =
        image(new ConfusionMatrix(new long[][] {{90, 9, 1}, {0, 100, 0}, {4, 0, 0}}));

    assertEquals(3, image.getWidth());
    assertEquals(3, image.getHeight());
    assertEquals(0xff008764, image.getRGB(1, 1));
    assertEquals(0xffd55e00, image.getRGB(1, 0));
    assertEquals(0, image.getRGB(0, 1));
    assertEquals(0xd55e00, image.getRGB(2, 0) & 0xffffff);
    assertTrue(image.getRGB(2, 0) >>> 24 > 80, "a single image is seen");
    assertTrue(image.getRGB(2, 0) >>> 24 < image.getRGB(0, 2) >>> 24);
  }

  @Test
  void ofMostClassesItIsSmall() {
    long[][] counts = new long[256][256];
    for (int i = 0; i < 256 * 256; i += 6) {
      counts[i / 256][i * 31 % 256] = 1L + i % 50;
    }
    String uri = new HeatMap(new ConfusionMatrix(counts)).dataUri();

    assertTrue(uri.length() < 60_000, "bytes: " + uri.length());
  }

  private static BufferedImage image(ConfusionMatrix confusion) throws Exception {
    String base64 = new HeatMap(confusion).dataUri().substring("data:image/png;base64,".length());
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }
}
