package org.shardmean.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.Score;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LocalScorer;

/**
 * Scores a network on a fixed set of images over Spark, each image exactly once. Parts are merged
 * in order of part, and how many there are depends on the images and the workers alone, so that the
 * loss too has the same bits wherever it runs.
 */
public final class Evaluation implements AutoCloseable {
  private static final int IMAGES_WORTH_A_TASK = 1000;

  private final JavaSparkContext spark;
  private final ModelSpec model;
  private final Scoring scoring;
  private final Shards parts;

  /** Deals the images out; nothing is scored yet. */
  public Evaluation(
      JavaSparkContext spark,
      ModelSpec model,
      EngineKind engine,
      ExampleSource images,
      int workers,
      long seed) {
    this.spark = spark;
    this.model = model;
    this.scoring = new Scoring(model, engine);
    int most = Math.max(1, images.count() / IMAGES_WORTH_A_TASK);
    this.parts = Shards.deal(spark, "validation", images, Math.min(workers, most), seed);
  }

  /** Loss and confusion matrix over all images. */
  public Score score(float[] parameters, String description) {
    Score sum = Score.empty(model.classes());
    for (Score part : overParts(parameters, description, (scorer, part) -> scorer.score(part))) {
      sum = sum.plus(part);
    }
    return sum;
  }

  /**
   * Some of the images with the probabilities that the network gives them: correctly classified or
   * misclassified ones, at most {@code limit}, the first of each part.
   */
  public List<ClassifiedExample> examples(float[] parameters, boolean correct, int limit) {
    List<ClassifiedExample> found = new ArrayList<>();
    overParts(
            parameters,
            correct ? "correctly classified examples" : "misclassified examples",
            (scorer, part) -> {
              int[] left = {limit};
              return new ArrayList<>(
                  scorer.classify(
                      part, example -> example.isCorrect() == correct && left[0]-- > 0));
            })
        .forEach(found::addAll);
    return found.subList(0, Math.min(limit, found.size()));
  }

  private interface PartReader<T> extends Serializable {
    T read(LocalScorer scorer, ImageSet part);
  }

  private <T> List<T> overParts(float[] parameters, String description, PartReader<T> reader) {
    spark.setJobDescription(description);
    Broadcast<float[]> sent = spark.broadcast(parameters);
    try {
      return parts.forEach(task(scoring, sent, reader));
    } finally {
      sent.destroy();
    }
  }

  private static <T> ShardWork<T> task(
      Scoring scoring, Broadcast<float[]> parameters, PartReader<T> reader) {
    return (number, part) -> scoring.with(parameters.value(), scorer -> reader.read(scorer, part));
  }

  @Override
  public void close() {
    parts.close();
  }
}
