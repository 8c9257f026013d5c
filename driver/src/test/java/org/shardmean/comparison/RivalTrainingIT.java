package org.shardmean.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.shardmean.Shardmean;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunConfig;

/** Whatever a rival does, it ends, and what it reached before counts. */
class RivalTrainingIT {
  private static final Course.Listener NOBODY =
      new Course.Listener() {
        @Override
        public void trainsWith(Map<String, String> settings) {}

        @Override
        public void prepared(double seconds) {}

        @Override
        public void passed(Milestone milestone) {}
      };

  @Test
  void withoutItsLibraryARivalHasAReason() {
    Contender contender = run(Optional::empty, 1000);

    assertTrue(
        contender.problem().orElseThrow().startsWith("its library is not here"),
        contender::toString);
    assertTrue(contender.isRival());
    assertEquals("mllib", contender.id());
  }

  @Test
  void aLibraryThatIsNotWholeIsAReasonAndNoCrash() {
    Contender contender =
        run(
            () -> {
              throw new NoClassDefFoundError("org/apache/spark/ml/Perceptron");
            },
            1000);

    assertTrue(
        contender.problem().orElseThrow().contains("org/apache/spark/ml/Perceptron"),
        contender::toString);
  }

  @Test
  void whatItReachedBeforeItFailedIsKept() {
    Contender contender =
        run(
            training(
                course -> {
                  course.trainsWith(Map.of("version", "1"));
                  course.prepared(0.5);
                  course.passed(new Milestone("epoch 1", 2, SampleComparisons.matrix(10, 900)));
                  throw new IllegalStateException("lost");
                }),
            1000);

    assertEquals(Optional.of("IllegalStateException: lost"), contender.problem());
    assertEquals(1, contender.course().milestones().size());
    assertEquals(0.5, contender.course().preparationSeconds());
  }

  /** It waits for what never comes; the limit is reached at once. */
  @Test
  void oneThatDoesNotEndIsStopped() {
    CountDownLatch never = new CountDownLatch(1);

    Contender contender =
        run(
            training(
                course -> {
                  course.passed(new Milestone("epoch 1", 2, SampleComparisons.matrix(10, 900)));
                  never.await();
                }),
            0);

    assertTrue(contender.problem().orElseThrow().contains("was stopped"), contender::toString);
  }

  private interface Body {
    void train(Course.Listener course) throws Exception;
  }

  private static Supplier<Optional<RivalLibrary>> training(Body body) {
    return () ->
        Optional.of(
            new RivalLibrary() {
              @Override
              public boolean trains(Rival rival) {
                return true;
              }

              @Override
              public void train(
                  Rival rival, JavaSparkContext spark, Lesson lesson, Course.Listener course)
                  throws Exception {
                body.train(course);
              }
            });
  }

  private static Contender run(Supplier<Optional<RivalLibrary>> library, long mostMinutes) {
    RunConfig config = RunConfig.of(new ModelSpec(List.of(784, 4, 10), Activation.RELU));
    GeneratedExamples images = new GeneratedExamples(20, 1, false);
    try (JavaSparkContext spark = Shardmean.localContext("rivals")) {
      return new RivalTraining(Rival.MLLIB, NOBODY, mostMinutes, library)
          .run(spark, new Lesson(config, images, images, 2, 1e-3, 10));
    }
  }
}
