package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.Dataset;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Output;
import org.shardmean.model.SavedModel;
import org.shardmean.model.Task;
import org.shardmean.report.SavedRun;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Reconstructions;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunStatus;
import org.shardmean.run.ShownImages;
import org.shardmean.spark.LocalSpark;

/** A training that gives images back, from a Java program. */
class AutoencoderIT {
  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** Ink from the top or from the left: one number says how far. */
  private static ImageSet shapes(int count, int seed) {
    return ImageSet.paint(
        count,
        20,
        12,
        6,
        (i, into, at) -> {
          int row = (i * 7 + seed) % 20;
          int column = (i * 5 + seed) % 12;
          for (int p = 0; p < 240; p++) {
            boolean ink = i % 2 == 0 ? p / 12 < row : p % 12 < column;
            into[at + p] = (byte) (ink ? 255 : 0);
          }
          return i % 6;
        });
  }

  private static Training shapes() {
    return Training.of(Dataset.of("shapes", shapes(2_000, 0), shapes(300, 3)))
        .task(Task.AUTOENCODER)
        .epochs(6);
  }

  @Test
  void learnsToGiveImagesBackThatItNeverTrainedOn() throws IOException {
    RunResult result = shapes().workers(1).batchSize(32).learningRate(0.002).epochs(12).run(spark);

    assertEquals(RunStatus.COMPLETED, result.status());
    assertEquals(List.of(240, 128, 32, 128, 240), result.model().spec().layers());
    assertEquals(Output.SIGMOID, result.model().spec().output());
    List<EpochRecord> epochs = result.epochs();
    double first = epochs.get(0).validationLoss();
    double last = epochs.get(11).validationLoss();
    assertTrue(last < 0.05, "the mean image alone has 0.2; from " + first + " to " + last);
    assertEquals(
        epochs.stream().mapToDouble(EpochRecord::validationLoss).min().orElseThrow(),
        result.best().validationLoss());

    result.saveTo(folder.resolve("run").toString());
    String report = Files.readString(folder.resolve("run/report.html"));
    // Images are in base64, in which any three letters can be.
    assertFalse(report.replaceAll("data:image/png;base64,[^\"]*", "").contains("NaN"));
    assertTrue(report.contains("What it gives back"));
    assertFalse(Files.exists(folder.resolve("run/confusion.csv")), "there are no classes");
    SavedRun again =
        SavedRun.read(RunDirectory.open(new Configuration(), folder.resolve("run").toString()));
    assertEquals(report, again.report());
    assertLearned(again.images().flatMap(ShownImages::reconstructions).orElseThrow(), last);
    assertEquals(
        Output.SIGMOID,
        SavedModel.read(folder + "/run/model.zip", new Configuration()).spec().output());
  }

  private static void assertLearned(Reconstructions shown, double error) {
    assertEquals(
        List.of(1, 2, 3, 5, 10, 12),
        shown.byEpoch().stream().map(Reconstructions.OfEpoch::epoch).toList());
    assertEquals(
        error,
        shown.errors().stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        1e-3,
        "each class has as many images, so the mean over the classes is the mean over all");
    assertTrue(shown.noise().errorAfter() < shown.noise().errorBefore(), shown.noise().toString());
    assertEquals(300, shown.map().size());
    assertEquals(6, shown.ofCodes().size());
    assertEquals(300, shown.ofPixels().stream().mapToInt(Reconstructions.Group::images).sum());
  }

  /** Batches as the preset has them for MNIST, but half as large, as there are fewer images. */
  @Test
  void fourWorkersComeAsFarAsOne() {
    List<Double> errors = new ArrayList<>();
    for (int workers : new int[] {1, 4}) {
      RunResult result =
          Training.of(Dataset.generated(4_000, 3))
              .task(Task.AUTOENCODER)
              .workers(workers)
              .batchSize(32 / (workers == 1 ? 1 : 2 * workers))
              .learningRate(0.004)
              .epochs(6)
              .run(spark);
      errors.add(result.best().validationLoss());
    }
    assertTrue(errors.get(1) < 1.05 * errors.get(0), "errors of 1 and 4 workers: " + errors);
  }

  /** Patience looks at the error, where there is no accuracy. */
  @Test
  void whatNoLongerImprovesStopsEarlyAndKeepsTheLowestError() {
    RunResult result = shapes().workers(2).learningRate(0.5).epochs(30).patience(2).run(spark);

    assertEquals(RunStatus.STOPPED_EARLY, result.status());
    assertEquals(result.best().epoch(), result.record().keptEpoch());
    assertEquals(result.record().keptEpoch() + 2, result.epochs().size());
  }
}
