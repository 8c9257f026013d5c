package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.Examples;
import org.shardmean.data.ImageSet;
import org.shardmean.data.RowSet;
import org.shardmean.metrics.Answers;
import org.shardmean.metrics.Examination;
import org.shardmean.metrics.Likeliest;
import org.shardmean.metrics.ResidualSums;
import org.shardmean.metrics.Score;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LocalScorer;

/**
 * Scores a network on a fixed set of images over Spark, each image exactly once. The images are
 * divided into parts, how many depends on the images alone, and the parts' scores are added up
 * along a fixed tree: so the loss too has the same bits wherever it is computed.
 */
public final class Evaluation implements AutoCloseable {
  private static final int IMAGES_IN_A_PART = 1000;

  private final JavaSparkContext spark;
  private final Scoring scoring;
  private final int classes;
  private final Dealing.InOrder dealing;
  private final ExampleSource images;
  private final Shards parts;

  /**
   * Divides the images; nothing is scored yet.
   *
   * @param slots tasks that can run at once
   */
  public Evaluation(
      JavaSparkContext spark, ModelSpec model, EngineKind engine, ExampleSource images, int slots) {
    this.spark = spark;
    EngineLibraries.send(spark, engine);
    this.scoring = new Scoring(model, engine);
    this.classes = model.classes();
    this.images = images;
    this.dealing = new Dealing.InOrder(Math.max(1, images.count() / IMAGES_IN_A_PART));
    this.parts = new Shards(spark, "validation", images, dealing, slots);
  }

  /** Sends the images to the executors now; otherwise the first job that scores them does. */
  void keep() {
    spark.setJobDescription("dividing the validation images");
    parts.keep();
  }

  /** Takes note that tasks of another job hold all images. */
  void haveBeenMade() {
    parts.haveBeenMade();
  }

  /** Loss and confusion matrix over all images. */
  public Score score(float[] parameters, String description) {
    return total(inBlocks(parameters, description, Evaluation::sums));
  }

  /** What Spark calls the evaluation after an epoch, from 1. */
  static String description(int epoch) {
    return "epoch " + epoch + " · evaluation";
  }

  /** Whether all images are in the executors' memory, or will be, without a doubt. */
  boolean isInMemory() {
    return parts.areInMemory();
  }

  /** As {@link Shards#mostBytesOfATask}. */
  long mostBytesOfATask(int tasks) {
    return parts.mostBytesOfATask(tasks);
  }

  /** What a task answers for its block. */
  static List<Score> sums(LocalScorer scorer, ShardBlock block) {
    return block.partialSums((part, images) -> scorer.score(images), Score::plus);
  }

  /**
   * Adds up over all images.
   *
   * @param sums of each block, in order
   */
  Score total(List<List<Score>> sums) {
    return parts.total(sums, Score::plus);
  }

  /** For tasks of another job, which can score these images too. */
  ScoringWork work() {
    return new ScoringWork(scoring, parts.reader());
  }

  /**
   * A closer look at examples.
   *
   * @param examination how far confidence can be trusted, and some of the images to be shown
   * @param answers to every example; none where there are more than {@link Answers#MOST}
   * @param residuals of a network that answers rows with numbers
   */
  public record Look(Examination examination, Answers answers, ResidualSums residuals)
      implements Serializable {
    public Look {
      requireNonNull(examination, "examination");
      requireNonNull(answers, "answers");
      requireNonNull(residuals, "residuals");
    }

    /** Nothing was looked at. */
    static Look none(int classes) {
      return new Look(Examination.empty(classes), Answers.NONE, ResidualSums.NONE);
    }

    private Look plus(Look next) {
      return new Look(
          examination.plus(next.examination),
          answers.plus(next.answers),
          residuals.plus(next.residuals));
    }
  }

  /**
   * Looks closer at all examples, each once more. Of rows no example is kept to be shown; of a
   * network that is no classifier there are residuals, where rows have targets, and else nothing.
   */
  public Look examine(float[] parameters) {
    Look none = Look.none(classes);
    if (classes == 0 && images.targets() == 0) {
      return none;
    }
    Dealing.InOrder numbers = dealing;
    int count = images.count();
    List<List<Look>> sums =
        inBlocks(
            parameters,
            "examples to show",
            (scorer, block) ->
                block.partialSums(
                    (part, images) ->
                        looked(scorer, images, numbers.first(part, count), count, none),
                    Look::plus));
    return parts.total(sums, Look::plus);
  }

  /** As {@code none}, with all of these examples; {@code before} more come first. */
  private static Look looked(
      LocalScorer scorer, Examples examples, int before, int all, Look none) {
    if (none.examination().classes() == 0) {
      return residuals(scorer, (RowSet) examples, before, all, none);
    }
    Examination[] examined = {none.examination()};
    boolean keepsAnswers = all <= Answers.MOST;
    byte[] actual = new byte[keepsAnswers ? examples.count() : 0];
    byte[] predicted = new byte[actual.length];
    ClassReader reader =
        (example, own) -> {
          if (keepsAnswers) {
            actual[example] = (byte) examples.label(example);
            predicted[example] = (byte) own;
          }
        };
    if (examples instanceof ImageSet images) {
      scorer.forEach(
          images,
          example -> {
            examined[0] = examined[0].with(example.shiftedBy(before));
            reader.read(example.example(), example.image().predicted());
          });
    } else {
      scorer.answers(
          examples,
          (example, outputs) -> {
            int own = Likeliest.of(outputs, 0, outputs.length);
            examined[0] = examined[0].withUnseen(outputs[own], own == examples.label(example));
            reader.read(example, own);
          });
    }
    return new Look(examined[0], new Answers(actual, predicted), ResidualSums.NONE);
  }

  private interface ClassReader {
    void read(int example, int predicted);
  }

  private static Look residuals(LocalScorer scorer, RowSet rows, int before, int all, Look none) {
    ResidualSums[] sums = {ResidualSums.NONE};
    float[] targets = new float[rows.targets()];
    scorer.answers(
        rows,
        (example, outputs) -> {
          rows.copyTargets(example, targets, 0);
          sums[0] = sums[0].with(before + example, all, targets, outputs);
        });
    return new Look(none.examination(), none.answers(), sums[0]);
  }

  private interface BlockReader<T> extends Serializable {
    T read(LocalScorer scorer, ShardBlock block);
  }

  private <T> List<T> inBlocks(float[] parameters, String description, BlockReader<T> reader) {
    spark.setJobDescription(description);
    Broadcast<float[]> sent = spark.broadcast(parameters);
    try {
      return parts.inBlocks(task(scoring, sent, reader));
    } finally {
      sent.destroy();
    }
  }

  private static <T> ShardWork<T> task(
      Scoring scoring, Broadcast<float[]> parameters, BlockReader<T> reader) {
    return block -> scoring.with(parameters.value(), scorer -> reader.read(scorer, block));
  }

  @Override
  public void close() {
    parts.close();
  }
}
