package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shardmean.data.Dataset;
import org.shardmean.model.ParameterLayout;
import org.shardmean.run.FirstSteps;
import org.shardmean.spark.LocalSpark;
import org.shardmean.train.FollowedWeight;
import org.shardmean.train.LossSlice;

/** How gradient descent began, in runs over Spark. */
class FirstStepsIT {
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static Training threeSteps() {
    return Training.of(Dataset.generated(150, 3))
        .layers(784, 24, 10)
        .workers(1)
        .batchSize(50)
        .roundsPerEpoch(1)
        .set("outer", "mean")
        .epochs(1);
  }

  /** A run of three steps ends where the third followed step does, to the bit. */
  @Test
  void theFollowedWeightEndsWhereTheRunDid() {
    RunResult result = threeSteps().run(spark);

    FollowedWeight weight = result.record().firstSteps().weight().orElseThrow();
    assertEquals(3, weight.steps().size());
    int at =
        new ParameterLayout(result.model().spec())
            .weight(weight.layer(), weight.input(), weight.unit());
    assertEquals(result.record().parameters()[at], weight.steps().get(2).after());
  }

  @Test
  void theSliceHasAValley() {
    LossSlice slice = threeSteps().run(spark).record().firstSteps().slice().orElseThrow();

    double start = slice.places().get(4).loss();
    assertEquals(Math.log(10), start, 0.5, "the loss before training is about that of guessing");
    double right = last(slice, slice.right());
    assertTrue(right < start - 0.2, "from " + start + " to " + right);
    assertTrue(last(slice, slice.tooSmall()) > right + 0.1);
    assertTrue(slice.descent(slice.tooLarge()).get(1).loss() >= start);
  }

  private static double last(LossSlice slice, double rate) {
    return slice.descent(rate).get(slice.descent(rate).size() - 1).loss();
  }

  @Test
  void workersThatAreManyChangeNothingOfTheFirst() {
    FollowedWeight followed =
        threeSteps().workers(3).run(spark).record().firstSteps().weight().orElseThrow();

    assertEquals(1, followed.steps().size());
  }

  @Test
  void theReferenceEngineIsNotFollowed() {
    RunResult result = threeSteps().set("engine", "dl4j").run(spark);

    assertEquals(FirstSteps.NONE, result.record().firstSteps());
  }
}
