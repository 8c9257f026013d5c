package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;

class ShadedMatrixTest {
  private static final ConfusionMatrix CONFUSION =
      new ConfusionMatrix(new long[][] {{90, 9, 1}, {0, 100, 0}, {4, 0, 0}});

  @Test
  void shadesRightAnswersByTheirRowAndWrongOnesByTheWorst() {
    List<ShadedMatrix.Row> rows = ShadedMatrix.of(CONFUSION).rows();

    assertEquals(List.of("r9", "w9", "w3"), styles(rows.get(0)));
    assertEquals(List.of("w0", "r9", "w0"), styles(rows.get(1)));
    assertEquals(List.of("w6", "w0", "r0"), styles(rows.get(2)));
  }

  @Test
  void namesTheMostFrequentMistakes() {
    assertEquals(
        List.of(new ShadedMatrix.Mistake(0, 1, 9), new ShadedMatrix.Mistake(2, 0, 4)),
        ShadedMatrix.mistakes(CONFUSION, 2));
    assertEquals(List.of(), ShadedMatrix.mistakes(ConfusionMatrix.empty(3), 2));
  }

  @Property
  void everyCellHasAShadeAndOnlyZeroesHaveTheLightest(
      @ForAll @Size(9) List<@LongRange(min = 0, max = 5_000) Long> counts) {
    long[][] matrix = new long[3][3];
    for (int i = 0; i < 9; i++) {
      matrix[i / 3][i % 3] = counts.get(i);
    }
    for (ShadedMatrix.Row row : ShadedMatrix.of(new ConfusionMatrix(matrix)).rows()) {
      for (ShadedMatrix.Cell cell : row.cells()) {
        assertTrue(cell.style().matches(row.actual() == cell.predicted() ? "r\\d" : "w\\d"));
        assertEquals(cell.count() == 0, cell.style().endsWith("0"));
      }
    }
  }

  private static List<String> styles(ShadedMatrix.Row row) {
    return row.cells().stream().map(ShadedMatrix.Cell::style).toList();
  }
}
