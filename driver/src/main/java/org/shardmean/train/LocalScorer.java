package org.shardmean.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Likeliest;
import org.shardmean.metrics.Score;

/** Scores images with one engine. Belongs to one thread at a time. */
public final class LocalScorer implements AutoCloseable {
  private final Engine engine;
  private final Batch batch;
  private final int classes;
  private final float[] probabilities;
  private final int batchSize;

  public LocalScorer(Engine engine, int inputs, int classes, int batchSize) {
    this.engine = engine;
    this.batch = new Batch(batchSize, inputs);
    this.classes = classes;
    this.probabilities = new float[batchSize * classes];
    this.batchSize = batchSize;
  }

  /** Goes on with these parameters, which are copied. */
  public void load(float[] parameters) {
    engine.load(new TrainingState(parameters, new float[0], 0));
  }

  /** Every image once. */
  public Score score(ImageSet images) {
    long[][] counts = new long[classes][classes];
    double[] lossSum = new double[1];
    classify(
        images,
        (example, row) -> {
          int label = images.label(example);
          lossSum[0] += Predictions.loss(probabilities, row, classes, label);
          counts[label][Likeliest.of(probabilities, row * classes, classes)]++;
        });
    return new Score(lossSum[0], new ConfusionMatrix(counts));
  }

  /** All images, in order, with the probabilities that the network gives them. */
  public List<ClassifiedExample> classify(ImageSet images) {
    List<ClassifiedExample> classified = new ArrayList<>();
    forEach(images, classified::add);
    return classified;
  }

  /** Hands each image on, in order, with the probabilities that the network gives it. */
  public void forEach(ImageSet images, Consumer<ClassifiedExample> reader) {
    classify(
        images,
        (example, row) -> {
          float[] own = Arrays.copyOfRange(probabilities, row * classes, (row + 1) * classes);
          reader.accept(
              new ClassifiedExample(
                  example, images.label(example), new ClassifiedImage(images.image(example), own)));
        });
  }

  /** Hears of each image once its probabilities stand in {@code row}. */
  private interface RowReader {
    void read(int example, int row);
  }

  private void classify(ImageSet images, RowReader reader) {
    int[] order = IntStream.range(0, images.count()).toArray();
    for (int from = 0; from < order.length; from += batchSize) {
      int count = Math.min(batchSize, order.length - from);
      batch.fill(images, order, from, count);
      engine.predict(batch, probabilities);
      for (int row = 0; row < count; row++) {
        reader.read(from + row, row);
      }
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
