package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.experiment.SampleGrids.ENGLISH;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearningConclusionsTest {
  /**
   * By hand: three runs each that scatter by 0.04 points about 97.02, 97.00 and 80.00. A mean's
   * difference has the error 0.04 * sqrt(2/3) = 0.0327 points with 4 degrees of freedom; of three
   * pairs, t(1 - 0.05/6; 4) = 3.961, so that the range is +-0.129 points.
   */
  @Test
  void saysWhichIsBestAndHowSureThatIs() {
    List<String> said =
        new LearningConclusions(ENGLISH).of(SampleGrids.learningRates(true).learning());

    assertEquals(
        List.of(
            "Diverged: learning-rate 10 in 3 of 3 runs.",
            "Highest accuracy on the validation images at the end: learning-rate 0.02 with 97.02%"
                + " (± 0.04 over 3 runs). Lower for sure (95% confidence over seeds): learning-rate"
                + " 0.001 (-17.02 points, between -17.15 and -16.89). With 3 seeds the difference is"
                + " not certain: learning-rate 0.01 (-0.02 points, between -0.15 and +0.11).",
            "Overfitting (the validation loss rose again while the training loss fell):"
                + " learning-rate 0.02 in 3 of 3 runs.",
            "Underfitting (both losses were still falling at the end): learning-rate 0.001 in 3 of"
                + " 3 runs."),
        said);
  }

  @Test
  void oneSetupIsNotCompared() {
    assertEquals(List.of(), new LearningConclusions(ENGLISH).of(SampleGrids.single().learning()));
  }

  @Test
  void aRunThatDivergesIsAResultWhereTheFileExpectsIt() {
    GridResult expected = SampleGrids.learningRates(true);
    GridResult unexpected = SampleGrids.learningRates(false);

    assertEquals(0, expected.failed().size());
    assertEquals(3, expected.diverged().size());
    assertEquals(3, unexpected.failed().size());
    assertEquals(0, unexpected.diverged().size());
    assertTrue(
        expected
            .conclusions(ENGLISH)
            .contains("3 of 12 points diverged, which the grid's file allows."),
        expected.conclusions(ENGLISH)::toString);
    assertFalse(expected.now().isWhole(), "what diverged is no baseline");
  }

  @Test
  void aRunThatDivergedNeverReachedAnAccuracy() {
    PointRecord diverged = SampleGrids.learningRates(true).diverged().get(0);

    assertFalse(diverged.isDone());
    assertEquals(0, diverged.runTo(0.05).epochs());
  }
}
