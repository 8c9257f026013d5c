package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

class ConfusionCsvTest {
  @Test
  void holdsEveryCellOfEveryEpoch() {
    RunRecord run = SampleRuns.fiveEpochs();
    List<String> lines = ConfusionCsv.write(run).lines().toList();
    assertEquals("epoch,actual,predicted,count", lines.get(0));
    assertEquals(1 + 5 * 100, lines.size());

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
  void aRunWithoutEpochsIsAHeader() {
    assertEquals("epoch,actual,predicted,count\n", ConfusionCsv.write(SampleRuns.failedAtOnce()));
  }
}
