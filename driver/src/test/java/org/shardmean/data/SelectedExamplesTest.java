package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SelectedExamplesTest {
  private static final ImageSet ALL = IdxBytes.digits(8, 3, 2, 4);

  @Test
  void selectionOfASelectionIsSelectionAtOnce() {
    ExampleSource source = ALL;
    ExampleSource selected = new SelectedExamples(source, new int[] {6, 0, 5, 3});
    ExampleSource again = new SelectedExamples(selected, new int[] {3, 0});

    assertEquals(ALL.select(new int[] {6, 5, 6}), selected.select(new int[] {0, 2, 0}));
    assertEquals(ALL.select(new int[] {3, 6}), again.select(new int[] {0, 1}));
  }

  @Test
  void aSelectionHasItsSourcesShapeAndItsOwnCount() {
    ExampleSource selected = new SelectedExamples(ALL, new int[] {6, 0, 5});

    assertEquals(3, selected.count());
    assertEquals(3, selected.height());
    assertEquals(2, selected.width());
    assertEquals(4, selected.classes());
    assertEquals(ALL.label(5), selected.label(2));
  }

  @Test
  void theIndicesAreCopied() {
    int[] indices = {6, 0, 5};
    ExampleSource selected = new SelectedExamples(ALL, indices);

    indices[0] = 1;

    assertEquals(ALL.label(6), selected.label(0));
  }

  @Test
  void anIndexOutOfRangeOrTwiceIsRefused() {
    ExampleSource source = ALL;

    for (int[] indices : new int[][] {{8}, {-1}, {2, 3, 2}}) {
      assertThrows(IllegalArgumentException.class, () -> new SelectedExamples(source, indices));
    }
  }
}
