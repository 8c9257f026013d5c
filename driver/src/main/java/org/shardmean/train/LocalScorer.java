package org.shardmean.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.shardmean.data.Examples;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Likeliest;
import org.shardmean.metrics.Score;
import org.shardmean.model.ModelSpec;

/** Scores examples with one engine. Belongs to one thread at a time. */
public final class LocalScorer implements AutoCloseable {
  private final Engine engine;
  private final ModelSpec spec;
  private final OutputFunction function;
  private final Batch batch;
  private final float[] outputs;
  private final int batchSize;

  /** One with an engine of its own, which scores in batches of the settings' size. */
  public LocalScorer(ModelSpec spec, LocalSettings settings) {
    this.engine = settings.engine().create(spec, settings);
    this.spec = spec;
    this.function = OutputFunction.of(spec, 0);
    this.batchSize = settings.batchSize();
    this.batch = new Batch(batchSize, spec);
    this.outputs = new float[batchSize * spec.outputs()];
  }

  /** Goes on with these parameters, which are copied. */
  public void load(float[] parameters) {
    engine.load(new TrainingState(parameters, new float[0], 0));
  }

  /** Every example once. */
  public Score score(Examples examples) {
    int classes = spec.classes();
    long[][] counts = new long[classes][classes];
    double[] lossSum = new double[1];
    predict(
        examples,
        (example, row) -> {
          lossSum[0] += function.loss(outputs, batch, row);
          if (classes > 0) {
            counts[examples.label(example)][Likeliest.of(outputs, row * classes, classes)]++;
          }
        });
    return new Score(examples.count(), lossSum[0], new ConfusionMatrix(counts));
  }

  /** All images, in order, with what the network's outputs are for them. */
  public List<ClassifiedExample> classify(ImageSet images) {
    List<ClassifiedExample> classified = new ArrayList<>();
    forEach(images, classified::add);
    return classified;
  }

  /** Hands each image on, in order, with what the network's outputs are for it. */
  public void forEach(ImageSet images, Consumer<ClassifiedExample> reader) {
    answers(
        images,
        (example, own) ->
            reader.accept(
                new ClassifiedExample(
                    example,
                    images.label(example),
                    new ClassifiedImage(images.image(example), own))));
  }

  /** Hears what the network's outputs are for an example; the array is the hearer's own. */
  public interface AnswerReader {
    void read(int example, float[] outputs);
  }

  /** Hands on what the network's outputs are for each example, in order. */
  public void answers(Examples examples, AnswerReader reader) {
    int width = spec.outputs();
    predict(
        examples,
        (example, row) ->
            reader.read(example, Arrays.copyOfRange(outputs, row * width, (row + 1) * width)));
  }

  /** Hears of each example once its outputs stand in {@code row}. */
  private interface RowReader {
    void read(int example, int row);
  }

  private void predict(Examples examples, RowReader reader) {
    int[] order = IntStream.range(0, examples.count()).toArray();
    for (int from = 0; from < order.length; from += batchSize) {
      int count = Math.min(batchSize, order.length - from);
      batch.fill(examples, order, from, count);
      engine.predict(batch, outputs);
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
