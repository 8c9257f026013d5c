package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;

class ClassCountsTest {
  @Test
  void aScoredPartsCountsAreTheRowsOfItsMatrix() {
    ClassCounts.Part part =
        ClassCounts.Part.of(
            "test", new ConfusionMatrix(new long[][] {{3, 1, 0}, {0, 0, 0}, {2, 0, 5}}));

    assertEquals(List.of(4L, 0L, 7L), part.perClass());
    assertEquals(0, part.smallest());
    assertEquals(7, part.largest());
    assertEquals(2, part.classWith(7));
    assertEquals(List.of(1), part.missing());
  }

  @Test
  void theLargestClassOfTheFirstPartFillsTheWidth() {
    ClassCounts counts = new ClassCounts(List.of(new ClassCounts.Part("train", List.of(5L, 10L))));

    assertEquals(50, counts.bars().bars().get(0).parts().get(0).length());
    assertEquals(100, counts.bars().bars().get(1).parts().get(0).length());
  }
}
