package org.shardmean.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.shardmean.data.DataException;
import org.shardmean.data.GreyImage;
import org.shardmean.data.ImageSet;
import org.shardmean.data.PngReader;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.NamedImage;
import org.shardmean.model.SavedModel;
import org.shardmean.train.EngineKind;

/**
 * What a network predicts for images without labels, computed over Spark and kept on the executors,
 * in the order of the images. How the images are divided depends on their number alone, so that the
 * probabilities have the same bits wherever they are computed.
 */
public final class Classification implements AutoCloseable {
  private static final int IMAGES_IN_A_PART = 1000;

  /** Reading and decoding a PNG file costs far more than classifying it. */
  private static final int PNG_FILES_IN_A_PART = 100;

  private static final int MOST_PARTS = 1000;

  private final JavaRDD<ImageOutcome> outcomes;
  private final List<Broadcast<?>> sent;
  private final int classes;

  private Classification(JavaRDD<ImageOutcome> outcomes, List<Broadcast<?>> sent, int classes) {
    this.outcomes = outcomes.setName("predictions").persist(StorageLevel.MEMORY_AND_DISK());
    this.sent = List.copyOf(sent);
    this.classes = classes;
  }

  /**
   * Of images that were read already; each part of them goes to the executor that classifies it.
   *
   * @param images as many pixels each as the network has inputs; labels are not looked at
   */
  public static Classification of(
      JavaSparkContext spark, SavedModel model, EngineKind engine, ImageSet images) {
    ExecutorCache.clearAtTheEndOf(spark);
    EngineLibraries.send(spark, engine);
    Scoring scoring = new Scoring(model.spec(), engine);
    Broadcast<float[]> parameters = spark.broadcast(model.parameters());
    List<Part> parts = Part.cut(images.count(), IMAGES_IN_A_PART);
    List<Broadcast<ImageSet>> shares = new ArrayList<>();
    for (Part part : parts) {
      shares.add(spark.broadcast(images.select(part.indices())));
    }
    List<Broadcast<?>> sent = new ArrayList<>(shares);
    sent.add(parameters);
    JavaRDD<ImageOutcome> outcomes =
        spark
            .parallelize(parts, parts.size())
            .flatMap(
                part -> {
                  ImageSet share = shares.get(part.number()).value();
                  List<String> names =
                      Arrays.stream(part.indices()).mapToObj(Integer::toString).toList();
                  return classify(scoring, parameters.value(), share, names).iterator();
                });
    return new Classification(outcomes, sent, model.spec().classes());
  }

  /**
   * Of PNG files, which the executors read.
   *
   * @param reader makes them as large as the network has inputs
   */
  public static Classification ofPngs(
      JavaSparkContext spark,
      SavedModel model,
      EngineKind engine,
      List<Path> files,
      PngReader reader) {
    ExecutorCache.clearAtTheEndOf(spark);
    EngineLibraries.send(spark, engine);
    Scoring scoring = new Scoring(model.spec(), engine);
    Broadcast<float[]> parameters = spark.broadcast(model.parameters());
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    int height = reader.height();
    int width = reader.width();
    JavaRDD<ImageOutcome> outcomes =
        spark
            .parallelize(
                files.stream().map(Path::toString).toList(),
                Part.count(files.size(), PNG_FILES_IN_A_PART))
            .mapPartitions(
                paths -> {
                  PngPart part = new PngPart(new PngReader(height, width));
                  paths.forEachRemaining(path -> part.read(new Path(path), configuration.value()));
                  return part.classify(scoring, parameters.value());
                });
    return new Classification(outcomes, List.of(parameters, configuration), model.spec().classes());
  }

  /** How many classes the network tells apart. */
  public int classes() {
    return classes;
  }

  /**
   * Classifies everything.
   *
   * @return how many images were taken for each class
   * @throws DataException if an image cannot be read: the first of them, and how many more there
   *     are
   */
  public long[] countsPerClass() {
    List<String> faults =
        outcomes
            .filter(outcome -> outcome instanceof ImageOutcome.Unreadable)
            .map(outcome -> ((ImageOutcome.Unreadable) outcome).fault())
            .collect();
    if (!faults.isEmpty()) {
      int more = faults.size() - 1;
      throw new DataException(
          faults.get(0) + (more == 0 ? "" : " (and %,d more such images)".formatted(more)));
    }
    long[] counts = new long[classes];
    images()
        .map(named -> named.image().predicted())
        .countByValue()
        .forEach((predicted, count) -> counts[predicted] = count);
    return counts;
  }

  /** The first images, at most so many. */
  public List<NamedImage> first(int most) {
    return images().take(most);
  }

  /** All images in order, part after part, so that never more than a part is held here. */
  public Iterator<NamedImage> inOrder() {
    return images().toLocalIterator();
  }

  /** All images, where they are. */
  JavaRDD<NamedImage> images() {
    Function<ImageOutcome, Boolean> classified = o -> o instanceof ImageOutcome.Classified;
    return outcomes.filter(classified).map(outcome -> ((ImageOutcome.Classified) outcome).image());
  }

  @Override
  public void close() {
    outcomes.unpersist(false);
    sent.forEach(broadcast -> broadcast.destroy());
  }

  private static List<ImageOutcome> classify(
      Scoring scoring, float[] parameters, ImageSet images, List<String> names) {
    List<ClassifiedExample> classified =
        scoring.with(parameters, scorer -> scorer.classify(images));
    List<ImageOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < classified.size(); i++) {
      outcomes.add(
          new ImageOutcome.Classified(new NamedImage(names.get(i), classified.get(i).image())));
    }
    return outcomes;
  }

  /** Neighbouring images, numbered from {@code from} up to, not including, {@code to}. */
  private record Part(int number, int from, int to) implements java.io.Serializable {
    static int count(int images, int inAPart) {
      return Math.max(1, Math.min(MOST_PARTS, images / inAPart));
    }

    static List<Part> cut(int images, int inAPart) {
      int count = count(images, inAPart);
      return IntStream.range(0, count)
          .mapToObj(
              part ->
                  new Part(
                      part,
                      (int) ((long) part * images / count),
                      (int) ((part + 1L) * images / count)))
          .toList();
    }

    int[] indices() {
      return IntStream.range(from, to).toArray();
    }
  }

  /** PNG files of one part, read one after another. */
  private static final class PngPart {
    private final PngReader reader;
    private final List<String> names = new ArrayList<>();
    private final List<GreyImage> images = new ArrayList<>();
    private final List<ImageOutcome> faults = new ArrayList<>();

    PngPart(PngReader reader) {
      this.reader = reader;
    }

    void read(Path path, SerializableConfiguration configuration) {
      try {
        images.add(reader.read(path, configuration.value()));
        names.add(path.getName());
      } catch (DataException e) {
        faults.add(new ImageOutcome.Unreadable(e.getMessage()));
      }
    }

    /** Only the faults, if there are any. */
    Iterator<ImageOutcome> classify(Scoring scoring, float[] parameters) {
      if (!faults.isEmpty()) {
        return faults.iterator();
      }
      return Classification.classify(scoring, parameters, packed(), names).iterator();
    }

    private ImageSet packed() {
      return ImageSet.paint(
          images.size(),
          reader.height(),
          reader.width(),
          1,
          (i, into, at) -> {
            byte[] pixels = images.get(i).pixels();
            System.arraycopy(pixels, 0, into, at, pixels.length);
            return 0;
          });
    }
  }
}
