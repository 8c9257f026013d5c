package org.shardmean.report;

import java.awt.image.BufferedImage;
import org.shardmean.metrics.ConfusionMatrix;

/**
 * A confusion matrix of many classes as an image of a pixel for each cell, row by row from actual
 * class 0: green where the answer is correct, orange where it is not, the darker the more frequent
 * (see {@link ShadedMatrix}); transparent where nothing was counted.
 */
record HeatMap(ConfusionMatrix confusion) {
  private static final int CORRECT = 0x008764;
  private static final int MISTAKEN = 0xd55e00;

  /** The palest that a count is drawn, 0 to 1: one image among thousands must be seen. */
  private static final double PALEST = 0.35;

  /** The PNG file as a {@code data:} address. */
  String dataUri() {
    int classes = confusion.classes();
    BufferedImage image = new BufferedImage(classes, classes, BufferedImage.TYPE_INT_ARGB);
    ShadedMatrix.of(confusion)
        .rows()
        .forEach(
            row ->
                row.cells()
                    .forEach(
                        cell -> image.setRGB(cell.predicted(), row.actual(), argb(row, cell))));
    return PngWriter.dataUri(PngWriter.png(image));
  }

  private static int argb(ShadedMatrix.Row row, ShadedMatrix.Cell cell) {
    if (cell.count() == 0) {
      return 0;
    }
    long alpha = Math.round(255 * (PALEST + (1 - PALEST) * cell.shade() / ShadedMatrix.SHADES));
    return (int) (alpha << 24) | (row.actual() == cell.predicted() ? CORRECT : MISTAKEN);
  }
}
