package org.shardmean.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.comparison.SampleComparisons.course;
import static org.shardmean.comparison.SampleComparisons.ours;
import static org.shardmean.comparison.SampleComparisons.rival;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.report.Texts;
import org.shardmean.run.Language;

class ComparisonConclusionsTest {

  @Test
  void aSlowerRivalIsToldByTheAccuracyThatItReached() {
    Comparison comparison =
        SampleComparisons.of(
            10, ours(course(10, 1, 950, 980)), rival(course(10, 20, 900, 940), null));

    assertEquals(
        List.of(
            "Shardmean reached its best accuracy, 98.00%, after 2.00 s.",
            "MLlib's perceptron reached at best 94.00%, after 40.00 s. Shardmean reached that accuracy after"
                + " 1.00 s: 40 times as fast."),
        comparison.conclusions(Texts.of(Language.EN)).subList(0, 2));
  }

  @Test
  void aFasterRivalIsSaidToBeFaster() {
    Comparison comparison =
        SampleComparisons.of(10, ours(course(10, 3, 950, 980)), rival(course(10, 2, 970), null));

    assertEquals(
        "MLlib's perceptron reached at best 97.00%, after 2.00 s. Shardmean needed longer for that accuracy:"
            + " 6.00 s, 3.0 times as long.",
        comparison.conclusions(Texts.of(Language.EN)).get(1));
  }

  @Test
  void aMoreAccurateRivalIsSaidToBeMoreAccurate() {
    Comparison comparison =
        SampleComparisons.of(
            10, ours(course(10, 1, 950, 980)), rival(course(10, 100, 970, 985), null));

    assertEquals(
        "MLlib's perceptron reached at best 98.50%, after 200 s. That is more than Shardmean reached. It reached"
            + " Shardmean's best, 98.00%, after 200 s; Shardmean took 2.00 s.",
        comparison.conclusions(Texts.of(Language.EN)).get(1));
  }

  @Test
  void whatARivalReachedBeforeItFailedIsToldToo() {
    Comparison nothing =
        SampleComparisons.of(10, ours(course(10, 1, 950)), rival(Course.EMPTY, "no jar"));
    Comparison part =
        SampleComparisons.of(10, ours(course(10, 1, 950)), rival(course(10, 4, 900), "lost"));

    assertEquals(
        "MLlib's perceptron could not run to its end: no jar.",
        nothing.conclusions(Texts.of(Language.EN)).get(1));
    assertEquals(
        "MLlib's perceptron could not run to its end: lost. Until then: MLlib's perceptron reached at best 90.00%, after 4.00"
            + " s. Shardmean reached that accuracy after 1.00 s: 4.0 times as fast.",
        part.conclusions(Texts.of(Language.EN)).get(1));
    assertEquals(1, part.failed().size());
  }

  @Test
  void theWarmRunIsNoRivalAndHasASentenceOfItsOwn() {
    Contender ours = ours(course(10, 3, 950, 980));
    Comparison comparison =
        SampleComparisons.of(
            10, ours, rival(course(10, 20, 900), null), ours(course(10, 1, 950, 980)).again());

    assertEquals(1, comparison.rivals().size());
    assertTrue(
        comparison
            .conclusions(Texts.of(Language.EN))
            .get(2)
            .endsWith("Shardmean took 2.00 s instead of 6.00 s."),
        comparison.conclusions(Texts.of(Language.EN))::toString);
  }

  @Test
  void whatMayBeChanceIsSaid() {
    Comparison comparison = SampleComparisons.of(10, ours(course(10, 1, 950)));

    // Wilson's interval of 950 in 1000 is 0.9347 to 0.9619: hypot(0.0153, 0.0119) = 0.0194
    assertTrue(
        comparison.conclusions(Texts.of(Language.EN)).get(1).contains("less than 1.94 points"),
        comparison.conclusions(Texts.of(Language.EN))::toString);
  }

  @Test
  void atAnAccuracyOfAllImagesADifferenceMayBeChanceToo() {
    Comparison comparison = SampleComparisons.of(10, ours(course(10, 1, 1000)));

    // Wilson's interval of 1000 in 1000 begins at 1000 / (1000 + 1.96^2) = 0.9962
    assertTrue(
        comparison.conclusions(Texts.of(Language.EN)).get(1).contains("less than 0.38 points"),
        comparison.conclusions(Texts.of(Language.EN))::toString);
  }
}
