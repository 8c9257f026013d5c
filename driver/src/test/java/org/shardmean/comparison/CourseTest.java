package org.shardmean.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.comparison.SampleComparisons.course;
import static org.shardmean.comparison.SampleComparisons.matrix;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;

class CourseTest {

  @Test
  void theBestIsTheFirstOfTheHighest() {
    Course course = course(10, 1, 900, 980, 970, 980);

    assertEquals(2, course.best().orElseThrow().seconds());
    assertTrue(Course.EMPTY.best().isEmpty());
  }

  @Test
  void secondsToAnAccuracyAreThoseOfTheSoonestMilestoneThatHasIt() {
    Course course = course(10, 1, 900, 980, 970);

    assertEquals(OptionalDouble.of(1), course.secondsTo(0.9));
    assertEquals(OptionalDouble.of(2), course.secondsTo(0.95));
    assertEquals(OptionalDouble.empty(), course.secondsTo(0.99));
  }

  /** MLlib's milestones are trainings of their own, so a longer one may take less by chance. */
  @Test
  void aMilestoneMayBeSoonerThanTheOneBefore() {
    Course course =
        new Course(
            Map.of(),
            0,
            List.of(
                new Milestone("5 iterations", 3, matrix(10, 900)),
                new Milestone("10 iterations", 2, matrix(10, 950))));

    assertEquals(OptionalDouble.of(2), course.secondsTo(0.9));
  }

  @Test
  void aMilestoneHasAScore() {
    assertThrows(
        IllegalArgumentException.class, () -> new Milestone("a", 1, ConfusionMatrix.empty(3)));
    assertThrows(IllegalArgumentException.class, () -> new Milestone("a", -1, matrix(3, 10)));
  }

  @Test
  void settingsStayInTheirOrder() {
    Map<String, String> settings = new java.util.LinkedHashMap<>();
    settings.put("version", "1");
    settings.put("batch", "2");
    Course course = Course.EMPTY.withSettings(settings);
    settings.clear();

    assertEquals(List.of("version", "batch"), List.copyOf(course.settings().keySet()));
  }
}
