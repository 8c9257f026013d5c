package org.shardmean.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StudyTablesTest {

  @Test
  void aLineReadsBackAsItWasWritten() {
    StudyResult result = result("rule", 8, 1, 0.98123456789);

    assertEquals(result, StudyResult.parse(result.csv()));
    assertEquals(StudyResult.HEADER.split(",").length, result.csv().split(",").length);
  }

  @Test
  void aLineThatIsNoResultIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> StudyResult.parse("a,b"));
    assertThrows(
        IllegalArgumentException.class,
        () -> StudyResult.parse(result("rule", 8, 1, 0.5).csv().replace("0.5", "half")));
  }

  @Test
  void theSpreadIsTheSamplesStandardDeviation() {
    // Mean 0.98; squares 1e-4 + 0 + 1e-4 over 2: the root is 0.01.
    assertEquals("98.00 ± 1.00", StudyTables.percent(List.of(0.97, 0.98, 0.99)));
    assertEquals("98.00", StudyTables.percent(List.of(0.98)));
  }

  @Test
  void aSetupsSeedsShareARow() {
    String text =
        new StudyTables(
                List.of(
                    result("rule", 8, 1, 0.98),
                    result("plain", 8, 1, 0.95),
                    result("rule", 8, 2, 0.99)))
            .markdown();

    List<String> rows = text.lines().filter(line -> line.startsWith("| 8 ")).toList();
    assertEquals(2, rows.size());
    assertTrue(rows.get(0).startsWith("| 8 | plain | 32 | 16 | 0.0050 | 95.00 |"), rows.get(0));
    assertTrue(rows.get(1).contains("98.50 ± 0.71"), rows.get(1));
  }

  private static StudyResult result(String variant, int workers, long seed, double accuracy) {
    return new StudyResult(
        variant + "-k" + workers,
        seed,
        "COMPLETED",
        variant,
        workers,
        5,
        32,
        16,
        0.005,
        accuracy,
        accuracy,
        0.1,
        1_000_000,
        0.5,
        3.5);
  }
}
