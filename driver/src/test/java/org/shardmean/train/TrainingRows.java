package org.shardmean.train;

import java.util.SplittableRandom;
import org.shardmean.data.ImageSet;
import org.shardmean.data.RowSet;

/** Small, seeded rows with something to learn in them. */
public final class TrainingRows {
  private TrainingRows() {}

  /** Numbers from -2 to 2 whose label, or targets, follow from the first few. */
  public static RowSet draw(RowSet.Shape shape, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return RowSet.write(
        shape,
        count,
        (i, row, at) -> {
          double sum = 0;
          for (int k = 0; k < shape.inputs(); k++) {
            row[at + k] = (float) (4 * random.nextDouble() - 2);
            sum += k < 3 ? row[at + k] : 0;
          }
          for (int k = 0; k < shape.targets(); k++) {
            row[at + shape.inputs() + k] = (float) (Math.sin(sum) + 0.3 * k * row[at]);
          }
          if (shape.isWeighted()) {
            row[at + shape.floats() - 1] = random.nextInt(4) / 2f;
          }
          return shape.targets() > 0 ? 0 : Math.floorMod((int) Math.floor(sum), shape.classes());
        });
  }

  /** The same images as rows of floats. */
  public static RowSet of(ImageSet images) {
    RowSet.Shape shape = RowSet.Shape.labelled(images.pixels(), images.classes());
    return RowSet.write(
        shape,
        images.count(),
        (i, row, at) -> {
          images.scaleInto(i, row, at);
          return images.label(i);
        });
  }
}
