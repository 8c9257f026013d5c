package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.ParameterLayout;
import org.shardmean.train.FollowedWeight.Step;

class FollowedWeightTest {
  private static final ModelSpec CLASSIFIER = ModelSpec.parse("20-12-5", Activation.RELU);
  private static final ModelSpec AUTOENCODER =
      ModelSpec.parse("20-6-20", Activation.TANH).withOutput(Output.SIGMOID);

  /** Four batches of 16, and one of 6. */
  private static final ImageSet SHARD = TrainingExamples.digits(70, 20, 5, 1);

  private static final LearningRate RATE = new LearningRate(Schedule.ONE_CYCLE, 0.01, 0.3);

  static Stream<Arguments> trainings() {
    return Stream.of(CLASSIFIER, AUTOENCODER)
        .flatMap(
            spec ->
                Arrays.stream(Optimizer.values())
                    .flatMap(
                        optimizer ->
                            Stream.of(
                                Arguments.of(spec, settings(optimizer, 0, 0, 0)),
                                Arguments.of(
                                    spec,
                                    settings(
                                        optimizer, 0.05, spec.isClassifier() ? 0.1 : 0, 0.2)))));
  }

  private static LocalSettings settings(
      Optimizer optimizer, double decay, double smoothing, double dropout) {
    return new LocalSettings(EngineKind.FUSED, optimizer, RATE, 16, decay, smoothing, dropout);
  }

  /** In the order in which the worker sees them. */
  private static ImageSet first(RoundPlan plan, LocalSettings settings) {
    int used = FollowedWeight.examples(settings, plan, SHARD.count());
    return SHARD.select(plan.order(0, SHARD.count()).copy(0, used));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void endsWhereTheWorkerEndsToTheBit(ModelSpec spec, LocalSettings settings) {
    RoundPlan plan = new RoundPlan(3, 4, 1, 1, 1);
    TrainingState start = TrainingExamples.start(spec, settings.optimizer());

    FollowedWeight followed =
        FollowedWeight.follow(
                spec, settings, plan, first(plan, settings), SHARD.count(), start.parameters())
            .orElseThrow();

    try (LocalTrainer trainer = new LocalTrainer(spec, settings)) {
      float[] trained = trainer.train(plan, 0, SHARD, start).state().parameters();
      int at = new ParameterLayout(spec).weight(0, followed.input(), followed.unit());
      List<Step> steps = followed.steps();
      assertEquals(5, steps.size());
      assertEquals(start.parameters()[at], steps.get(0).before());
      assertEquals(trained[at], steps.get(4).after());
      for (int s = 1; s < 5; s++) {
        assertEquals(steps.get(s - 1).after(), steps.get(s).before());
        assertEquals(RATE.at(plan.progress(s, 5)), steps.get(s).rate());
      }
    }
  }

  /** The gradient is the slope of the loss: a small change of the weight changes it as it says. */
  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    LocalSettings settings = settings(Optimizer.SGD, 0, 0, 0);
    RoundPlan plan = new RoundPlan(3, 4, 1, 1, 1);
    float[] start = TrainingExamples.start(CLASSIFIER, Optimizer.SGD).parameters();
    ImageSet first = first(plan, settings);
    FollowedWeight followed =
        FollowedWeight.follow(CLASSIFIER, settings, plan, first, SHARD.count(), start)
            .orElseThrow();
    int at = new ParameterLayout(CLASSIFIER).weight(0, followed.input(), followed.unit());
    ImageSet batch = first.select(TrainingExamples.upTo(16));

    double change = 0.01;
    double slope =
        (loss(batch, start, at, change) - loss(batch, start, at, -change)) / (2 * change);

    assertEquals(slope, followed.steps().get(0).gradient(), 1e-3 * Math.abs(slope));
    assertTrue(Math.abs(slope) > 1e-3, "slope " + slope);
  }

  private static double loss(ImageSet batch, float[] start, int at, double change) {
    float[] changed = start.clone();
    changed[at] += (float) change;
    try (LocalScorer scorer = new LocalScorer(CLASSIFIER, settings(Optimizer.SGD, 0, 0, 0))) {
      scorer.load(changed);
      return scorer.score(batch).loss();
    }
  }

  @Test
  void aRoundOfFewerStepsIsFollowedToItsEnd() {
    LocalSettings settings = settings(Optimizer.ADAM, 0, 0, 0);
    RoundPlan plan = new RoundPlan(3, 4, 2, 1, 1); // Two of the five batches.

    assertEquals(32, FollowedWeight.examples(settings, plan, SHARD.count()));
    assertEquals(
        2,
        FollowedWeight.follow(
                CLASSIFIER,
                settings,
                plan,
                first(plan, settings),
                SHARD.count(),
                TrainingExamples.start(CLASSIFIER, Optimizer.ADAM).parameters())
            .orElseThrow()
            .steps()
            .size());
  }

  @Test
  void aTrainingThatIsNotFiniteIsFollowedNoFurther() {
    LocalSettings wild =
        settings(Optimizer.SGD, 0, 0, 0).withRate(LearningRate.constant(Float.MAX_VALUE));
    RoundPlan plan = new RoundPlan(3, 4, 1, 1, 1);
    float[] start = TrainingExamples.start(CLASSIFIER, Optimizer.SGD).parameters();

    Optional<FollowedWeight> followed =
        FollowedWeight.follow(CLASSIFIER, wild, plan, first(plan, wild), SHARD.count(), start);

    assertTrue(followed.map(weight -> weight.steps().size()).orElse(0) < 5);
  }

  @Test
  void theReferenceEngineIsRefused() {
    LocalSettings reference = settings(Optimizer.SGD, 0, 0, 0).withEngine(EngineKind.DL4J);
    RoundPlan plan = new RoundPlan(3, 4, 1, 1, 1);

    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    FollowedWeight.follow(
                        CLASSIFIER, reference, plan, SHARD, SHARD.count(), new float[0]))
            .getMessage()
            .contains("expected the engine fused, found DL4J"));
  }

  @Test
  void whatNoRunHasIsRefused() {
    Step step = new Step(0.1, 1, 2, 1.9);

    assertThrows(IllegalArgumentException.class, () -> new Step(0.1, Double.NaN, 2, 1.9));
    assertThrows(IllegalArgumentException.class, () -> new FollowedWeight(0, 0, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new FollowedWeight(0, -1, 0, List.of(step)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FollowedWeight(0, 0, 0, List.of(step, step, step, step, step, step)));
  }
}
