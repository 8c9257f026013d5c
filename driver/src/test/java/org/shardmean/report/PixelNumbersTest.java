package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.shardmean.data.GreyImage;

class PixelNumbersTest {
  @Test
  void aLineIsARowOfPixelsInColumns() {
    assertEquals(
        "  0 255   7\n 20   0 100\n",
        PixelNumbers.of(new GreyImage(new byte[] {0, (byte) 255, 7, 20, 0, 100}, 2, 3)));
  }
}
