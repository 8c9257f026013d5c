package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

class ConfusionCsvTest {
  @Test
  void holdsEveryCellOfEveryEpoch() {
    RunRecord run = SampleRuns.fiveEpochs();
    List<String> lines = ConfusionCsv.write(run).lines().toList();
    assertEquals("epoch,actual,predicted,count", lines.get(0));

    long[][][] counts = new long[5][10][10];
    for (String line : lines.subList(1, lines.size())) {
      String[] f = line.split(",", -1);
      counts[Integer.parseInt(f[0]) - 1][Integer.parseInt(f[1])][Integer.parseInt(f[2])] =
          Long.parseLong(f[3]);
    }
    for (EpochRecord epoch : run.epochs()) {
      assertArrayEquals(epoch.validation().confusion().counts(), counts[epoch.epoch() - 1]);
    }
  }

  @Test
  void ofManyClassesItHasOnlyTheCellsThatCount() {
    String csv = ConfusionCsv.write(SampleRuns.shaped("many", 1, 1, 256, 3, Set.of()));

    assertFalse(csv.contains(",0\n"), "a zero");
    assertTrue(csv.length() < 3 * 10_000 * 15, "bytes: " + csv.length());
  }

  @Test
  void aRunWithoutEpochsIsAHeader() {
    assertEquals("epoch,actual,predicted,count\n", ConfusionCsv.write(SampleRuns.failedAtOnce()));
  }
}
