package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunRecord;
import org.shardmean.train.FollowedWeight;
import org.shardmean.train.Optimizer;

/** The arithmetic of a step, as a student would check it with a calculator. */
class WeightViewTest {
  private static final List<FollowedWeight.Step> TWO =
      List.of(
          new FollowedWeight.Step(0.1, 0.5, 2, 1.95), new FollowedWeight.Step(0.2, -0.25, 1.95, 2));

  private static WeightView view(Optimizer optimizer, double weightDecay) {
    RunRecord run = SampleRuns.fiveEpochs();
    RunConfig config =
        run.config()
            .withLocal(run.config().local().withOptimizer(optimizer).withWeightDecay(weightDecay));
    Texts texts = Texts.of(Language.EN);
    return new WeightView(
        new FollowedWeight(0, 17, 406, TWO),
        run.withConfig(config),
        texts,
        new Figures(texts.locale()));
  }

  @Test
  void namesThePixel() {
    assertTrue(
        view(Optimizer.SGD, 0).what().contains("unit 18 for the pixel in row 15, column 15"));
  }

  @Test
  void plainGradientDescent() {
    assertEquals(
        List.of("w′ = w − r × g = 1.950000 − 0.20000 × (−0.25000) = 2.000000"),
        view(Optimizer.SGD, 0).arithmetic());
  }

  @Test
  void weightDecayComesFirst() {
    assertEquals(
        List.of(
            "w = w − r × 0.10000 × w = 1.911000",
            "w′ = w − r × g = 1.911000 − 0.20000 × (−0.25000) = 2.000000"),
        view(Optimizer.SGD, 0.1).arithmetic());
  }

  @Test
  void momentum() {
    assertEquals(
        List.of(
            "v′ = 0.9 × v − r × g = 0.9 × (−0.050000) − 0.20000 × (−0.25000) = 0.0050000",
            "w′ = w + 1.9 × v′ − 0.9 × v = 1.950000 + 1.9 × 0.0050000 − 0.9 × (−0.050000) = 2.000000"),
        view(Optimizer.MOMENTUM, 0).arithmetic());
  }

  @Test
  void adam() {
    assertEquals(
        List.of(
            "m′ = 0.9 × m + 0.1 × g = 0.9 × 0.050000 + 0.1 × (−0.25000) = 0.020000",
            "v′ = 0.999 × v + 0.001 × g² = 0.999 × 0.00025000 + 0.001 × (−0.25000)² = 0.00031225",
            "c = √(1 − 0.999^2) ÷ (1 − 0.9^2) = 0.23532",
            "w′ = w − r × c × m′ ÷ √v′ = 1.950000 − 0.20000 × 0.23532 × 0.020000 ÷ √0.00031225"
                + " = 2.000000"),
        view(Optimizer.ADAM, 0).arithmetic());
  }

  @Test
  void verySmallNumbersAreReadable() {
    assertEquals("3.2000 × 10⁻⁷", view(Optimizer.SGD, 0).written(3.2e-7));
    assertEquals("−1.0000 × 10⁻¹²", view(Optimizer.SGD, 0).written(-1e-12));
    assertEquals("0", view(Optimizer.SGD, 0).written(0));
    assertEquals("1.0000", view(Optimizer.SGD, 0).written(0.999999));
  }
}
