package org.shardmean.jobs.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;

class ScoreTableTest {
  /** Five of class 0, one taken for 1; of class 1 three, two taken for 0. */
  private static final Score SCORE =
      new Score(4, new ConfusionMatrix(new long[][] {{4, 1}, {2, 1}}));

  @Test
  void rowsAreActualClassesAndColumnsPredictedOnes() {
    assertEquals(
        List.of(
            "Loss 0.5000, accuracy 62.50% (3 of 8 misclassified)",
            "",
            "Class  Precision  Recall      F1   Support",
            "    0     0.6667  0.8000  0.7273         5",
            "    1     0.5000  0.3333  0.4000         3",
            "",
            "Confusion matrix: rows are actual classes, columns predicted ones",
            "         0   1",
            "     0   4   1",
            "     1   2   1"),
        ScoreTable.of(SCORE).lines());
  }

  @Test
  void columnsAreAsWideAsTheLargestCountNeeds() {
    Score large = new Score(0, new ConfusionMatrix(new long[][] {{123_456, 0}, {7, 8}}));

    List<String> matrix = ScoreTable.of(large).lines().subList(7, 10);

    assertEquals(
        List.of("             0       1", "     0  123456       0", "     1       7       8"),
        matrix);
  }

  @Test
  void theLocaleChangesNothing() {
    List<String> before = ScoreTable.of(SCORE).lines();
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(before, ScoreTable.of(SCORE).lines());
    } finally {
      Locale.setDefault(usual);
    }
  }
}
