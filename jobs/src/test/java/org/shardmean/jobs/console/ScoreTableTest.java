package org.shardmean.jobs.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.report.Texts;
import org.shardmean.run.Language;

class ScoreTableTest {
  private static final Texts ENGLISH = Texts.of(Language.EN);

  /** Five of class 0, one taken for 1; of class 1 three, two taken for 0. */
  private static final Score SCORE =
      new Score(4, new ConfusionMatrix(new long[][] {{4, 1}, {2, 1}}));

  @Test
  void rowsAreActualClassesAndColumnsPredictedOnes() {
    assertEquals(
        List.of(
            "Loss 0.5000, accuracy 62.50% (3 of 8 misclassified)",
            "",
            "Class  Precision  Recall      F1    Images",
            "    0     0.6667  0.8000  0.7273         5",
            "    1     0.5000  0.3333  0.4000         3",
            "",
            "Confusion matrix: rows are actual classes, columns predicted ones",
            "         0   1",
            "     0   4   1",
            "     1   2   1"),
        ScoreTable.of(SCORE, ENGLISH).lines());
  }

  /** A Japanese title is two columns for each character. */
  @Test
  void otherLanguagesHaveTheSameFigures() {
    List<String> german = ScoreTable.of(SCORE, Texts.of(Language.DE)).lines();

    assertEquals("Verlust 0,5000, Genauigkeit 62,50 % (3 von 8 falsch)", german.get(0));
    assertTrue(german.get(3).matches(".* 0,6667 .* 0,8000 .*"), german.get(3));
    List<String> japanese = ScoreTable.of(SCORE, Texts.of(Language.JA)).lines();
    assertEquals("損失0.5000、精度62.50%（8枚のうち3枚が誤分類）", japanese.get(0));
    assertEquals(Columns.of(japanese.get(2)), Columns.of(japanese.get(3)));
    assertEquals(
        german.subList(german.size() - 3, german.size()),
        japanese.subList(japanese.size() - 3, japanese.size()));
  }

  @Test
  void rowsOfATableAreNotCalledImages() {
    assertEquals(
        "損失0.5000、精度62.50%（8行のうち3行が誤分類）",
        ScoreTable.of(SCORE, Texts.of(Language.JA).ofRows(true)).lines().get(0));
    assertEquals(
        "Verlust 0,5000, Genauigkeit 62,50 % (3 von 8 Zeilen falsch)",
        ScoreTable.of(SCORE, Texts.of(Language.DE).ofRows(true)).lines().get(0));
    List<String> english = ScoreTable.of(SCORE, ENGLISH.ofRows(true)).lines();
    assertEquals("Loss 0.5000, accuracy 62.50% (3 of 8 rows misclassified)", english.get(0));
    assertTrue(english.get(2).endsWith("Rows"), english.get(2));
  }

  @Test
  void columnsAreAsWideAsTheLargestCountNeeds() {
    Score large = new Score(0, new ConfusionMatrix(new long[][] {{123_456, 0}, {7, 8}}));

    List<String> matrix = ScoreTable.of(large, ENGLISH).lines().subList(7, 10);

    assertEquals(
        List.of("             0       1", "     0  123456       0", "     1       7       8"),
        matrix);
  }

  @Test
  void theLocaleChangesNothing() {
    List<String> before = ScoreTable.of(SCORE, ENGLISH).lines();
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(before, ScoreTable.of(SCORE, ENGLISH).lines());
    } finally {
      Locale.setDefault(usual);
    }
  }
}
