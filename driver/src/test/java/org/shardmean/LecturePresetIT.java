package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shardmean.data.Dataset;
import org.shardmean.data.RealMnist;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.FitDiagnosis;
import org.shardmean.spark.LocalSpark;

/** {@code --preset lecture} against the accuracies that the lecture's notebook printed. */
class LecturePresetIT {
  private static final double NEAR = 0.003;

  private static Dataset mnist;
  private static JavaSparkContext spark;

  @BeforeAll
  static void begin() {
    mnist = RealMnist.load();
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void end() {
    if (spark != null) {
      spark.close();
    }
  }

  @Test
  void theFirstEpochIsTheNotebooks() {
    List<EpochRecord> first = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      first.add(train(seed, 1).get(0));
    }

    assertEquals(0.915, mean(first, epoch -> epoch.training().accuracy()), NEAR);
    assertEquals(0.952, mean(first, EpochRecord::validationAccuracy), NEAR);
  }

  @Test
  void twentyEpochsEndAtTheNotebooksAccuracyAndOverfit() {
    List<EpochRecord> epochs = train(3, 20);

    assertEquals(0.975, epochs.get(19).validationAccuracy(), NEAR);
    assertTrue(epochs.get(19).training().accuracy() > 0.995, "training images by heart");
    assertEquals(FitDiagnosis.Kind.OVERFITTING, FitDiagnosis.of(epochs).kind());
  }

  private static List<EpochRecord> train(long seed, int epochs) {
    return Training.of(mnist)
        .set("preset", "lecture")
        .layers(784, 64, 10)
        .epochs(epochs)
        .seed(seed)
        .run(spark)
        .epochs();
  }

  private static double mean(List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> figure) {
    return epochs.stream().mapToDouble(figure).average().orElseThrow();
  }
}
