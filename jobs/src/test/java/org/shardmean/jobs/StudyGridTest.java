package org.shardmean.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.run.ConfigurationException;

class StudyGridTest {
  private static final String GRID =
      """
      workers = 1, 8
      plans = 5:32, 20:auto
      seeds = 1, 2
      variant.rule.preset = auto
      variant.plain.preset = none
      variant.plain.learning-rate = 0.002
      """;

  @Test
  void everyCombinationIsAPointSeedBySeed() {
    List<StudyPoint> points = StudyGrid.parse(GRID, "grid").points();

    assertEquals(16, points.size());
    assertEquals("plain-k1-e5-r32-s1", points.get(0).id());
    assertEquals("rule-k1-e5-r32-s1", points.get(1).id());
    assertEquals("rule-k8-e20-r0-s2", points.get(15).id());
    assertEquals("0.002", points.get(0).settings().get("learning-rate").text());
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    String wrong = "workers = 0\nplans = 5\nvariant.rule.presett = auto\nworker = 3\n";

    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> StudyGrid.parse(wrong, "grid"));

    assertEquals(
        List.of(
            "grid, line 1: workers: expected a whole number of at least 1, found '0'",
            "grid, line 2: plans: expected EPOCHS:ROUNDS such as 20:1 or 5:auto, found '5'",
            "grid: expected 'seeds = ...', found none; see conf/experiments",
            "grid, line 3: variant.rule.presett: expected variant.NAME.SETTING with a setting of"
                + " train; see deploy/submit train --help",
            "grid, line 4: worker: unknown in a grid, did you mean workers?",
            "grid: expected 'variant.NAME.SETTING = VALUE', found none; see conf/experiments"),
        thrown.problems());
  }

  @Test
  void aPointIsNotRunTwice() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> StudyGrid.parse(GRID.replace("seeds = 1, 2", "seeds = 1, 2, 1"), "grid"));

    assertEquals(
        List.of("grid, line 3: seeds: expected each value once, found '1, 2, 1'"),
        thrown.problems());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> StudyGrid.read("no/such.properties"));

    assertTrue(
        thrown.problems().get(0).startsWith("--grid no/such.properties: expected a readable"));
  }
}
