package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;

class ShownExampleTest {
  @Test
  void hasAColumnForEachOfTenClasses() {
    float[] probabilities = new float[10];
    probabilities[3] = 0.75f;
    probabilities[8] = 0.25f;
    ShownExample shown = shown(8, probabilities);

    assertEquals(10, shown.columns().size());
    assertEquals(
        new ShownExample.Column(3, 0.75f, 35, 7, 25.5, "mistaken"), shown.columns().get(3));
    assertEquals("actual", shown.columns().get(8).style());
    assertEquals("other", shown.columns().get(0).style());
    assertEquals(0.75f, shown.confidence());
  }

  @Test
  void keepsTheLikeliestOfMoreThanTenClasses() {
    float[] probabilities = new float[62];
    probabilities[61] = 0.6f;
    probabilities[40] = 0.3f;
    probabilities[2] = 0.1f;
    List<Integer> labels =
        shown(61, probabilities).columns().stream().map(ShownExample.Column::label).toList();

    assertEquals(List.of(0, 1, 2, 3, 40, 61), labels);
  }

  @Test
  void drawsNothingForWhatIsNotFinite() {
    ShownExample shown = shown(0, new float[] {Float.NaN, Float.NaN});

    assertTrue(shown.columns().stream().allMatch(column -> column.height() == 0));
  }

  private static ShownExample shown(int actual, float[] probabilities) {
    return ShownExample.of(
        new ClassifiedExample(0, actual, new ClassifiedImage(new byte[784], probabilities)),
        28,
        28);
  }
}
