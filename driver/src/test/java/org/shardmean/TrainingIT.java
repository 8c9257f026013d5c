package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.model.SavedModel;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunStatus;
import org.shardmean.settings.DataShape;
import org.shardmean.settings.Feasibility;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.LocalSpark;
import org.shardmean.spark.RddImages;
import org.shardmean.spark.TrainingRun;
import scala.Tuple2;

/** Training from a Java program. */
class TrainingIT {
  private static final ImageSet TRAIN = all(new GeneratedExamples(300, 3, false));
  private static final ImageSet TEST = all(new GeneratedExamples(60, 3, true));

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void leavesARunsFolderAndRefusesToReplaceIt() throws IOException {
    RunResult result = small(Dataset.generated(300, 3)).run(spark);
    String run = folder.resolve("run").toString();

    result.saveTo(run);

    assertEquals(
        Set.of(
            "confusion.csv",
            "epochs.csv",
            "examined.bin",
            "model.zip",
            "report.html",
            "result.json"),
        filesIn(folder.resolve("run")));
    assertEquals(
        List.of(784, 12, 10),
        SavedModel.read(run + "/model.zip", new Configuration()).spec().layers());
    assertThrows(ConfigurationException.class, () -> result.saveTo(run));
    RunResult other = small(Dataset.generated(300, 3)).seed(8).run(spark);
    other.saveOver(run);
    assertArrayEquals(
        other.model().parameters(),
        SavedModel.read(run + "/model.zip", new Configuration()).parameters());
  }

  /** What went wrong is in {@code result.json}, wherever else there is no room. */
  @Test
  void theRecordOfARunThatWentWrongIsWrittenThoughItsReportCannotBe() throws IOException {
    RunResult result = small(Dataset.generated(300, 3)).run(spark);
    Path run = Files.createDirectories(folder.resolve("part"));
    Files.createDirectories(run.resolve(".report.html.being-written/in-the-way"));
    RunDirectory directory = RunDirectory.create(new Configuration(), run.toString(), false);

    assertThrows(IOException.class, () -> result.savePartTo(directory));

    assertTrue(Files.exists(run.resolve("model.zip")));
    assertTrue(Files.exists(run.resolve("result.json")));
  }

  @Test
  void thatBestIsTheFirstEpochWithTheHighestAccuracy() {
    List<EpochRecord> heard = new ArrayList<>();
    RunResult result =
        small(Dataset.generated(300, 3))
            .epochs(2)
            .listener(
                new RunListener() {
                  @Override
                  public void epochEnded(EpochRecord epoch) {
                    heard.add(epoch);
                  }
                })
            .run(spark);

    assertEquals(RunStatus.COMPLETED, result.status());
    assertEquals(heard, result.epochs());
    assertEquals(
        heard.stream().mapToDouble(EpochRecord::validationAccuracy).max().orElseThrow(),
        result.best().validationAccuracy());
  }

  @Test
  void fromBytesFromAnRddAndFromASourceOfOnesOwnItIsTheSame() {
    Dataset bytes = Dataset.of("bytes", TRAIN, TEST);
    Dataset rdd = Dataset.of("rdd", RddImages.collect(rdd(TRAIN, 7), 28, 28, 10), TEST);
    Dataset own = Dataset.of("own", new Borrowed(TRAIN), new Borrowed(TEST));

    String expected = sha256(small(bytes));

    assertEquals(expected, sha256(small(rdd)));
    assertEquals(expected, sha256(small(own)));
  }

  @Test
  void theCommandOfAProgramsDataIsSaidToNeedFiles() {
    RunResult result = small(Dataset.of("bytes", TRAIN, TEST)).run(spark);

    assertTrue(result.record().notices().get(0).contains("IDX files"));
  }

  @Test
  void imagesOfAnotherSizeInAnRddAreOneLine() {
    DataException thrown =
        assertThrows(DataException.class, () -> RddImages.collect(rdd(TRAIN, 2), 28, 27, 10));

    assertEquals(
        "RDD of images: expected images of 28x27 with labels below 10, found: image 0 must be of"
            + " 756 bytes, found 784",
        thrown.getMessage());
    assertThrows(
        DataException.class,
        () -> RddImages.collect(rdd(TRAIN, 2).filter(image -> false), 28, 28, 10));
  }

  /** A configuration made by hand is checked like one from the command line. */
  @Test
  void aConfigurationThatDoesNotFitIsRefusedBeforeAnythingRuns() {
    Dataset digits = Dataset.generated(300, 3);
    RunConfig fits = small(digits).resolve(2).config();
    RunConfig tooManyRounds = fits.withAveraging(fits.averaging().withRoundsPerEpoch(1000));

    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () ->
                new TrainingRun(spark, Cluster.of(spark), RunListener.NONE)
                    .run(digits, new ResolvedRun(tooManyRounds, List.of(), false)));

    assertTrue(thrown.problems().get(0).startsWith("--rounds-per-epoch: "), thrown.getMessage());
  }

  /** The record of 75,000 rounds used to be written, and then refused when it was read. */
  @Test
  void aRecordThatIsWrittenCanBeReadHoweverManyRoundsItHas() {
    RunConfig fits = small(Dataset.generated(300, 3)).resolve(2).config();
    int rounds = fits.averaging().roundsPerEpoch();
    RunConfig most = fits.withEpochs(RunDirectory.MOST_ROUNDS / rounds);
    DataShape shape = new DataShape(300, 784, 10);

    assertEquals(List.of(), Feasibility.problems(most, shape));
    assertTrue(
        Feasibility.problems(most.withEpochs(most.epochs() + 1), shape)
            .get(0)
            .what()
            .startsWith("expected at most 1,000,000 rounds in all epochs together"));
  }

  private static Training small(Dataset dataset) {
    return Training.of(dataset).layers(784, 12, 10).workers(3).epochs(1).seed(5);
  }

  private static String sha256(Training training) {
    return training.run(spark).record().parametersSha256();
  }

  private static ImageSet all(ExampleSource source) {
    return source.select(IntStream.range(0, source.count()).toArray()).images();
  }

  private static JavaPairRDD<byte[], Integer> rdd(ImageSet images, int partitions) {
    List<Tuple2<byte[], Integer>> pairs = new ArrayList<>();
    for (int i = 0; i < images.count(); i++) {
      pairs.add(new Tuple2<>(images.image(i), images.label(i)));
    }
    return spark.parallelizePairs(pairs, partitions);
  }

  /** As a program outside the library would write one. */
  private record Borrowed(ImageSet images) implements ExampleSource {
    @Override
    public int count() {
      return images.count();
    }

    @Override
    public int height() {
      return images.height();
    }

    @Override
    public int width() {
      return images.width();
    }

    @Override
    public int classes() {
      return images.classes();
    }

    @Override
    public int label(int i) {
      return images.label(i);
    }

    @Override
    public ImageSet select(int[] indices) {
      return images.select(indices);
    }
  }

  private static Set<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
