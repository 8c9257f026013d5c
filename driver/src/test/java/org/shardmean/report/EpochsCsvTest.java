package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

class EpochsCsvTest {
  @Test
  void hasALineForEachEpochUnderItsHeader() {
    RunRecord run = SampleRuns.fiveEpochs();
    List<String> lines = EpochsCsv.write(run).lines().toList();

    assertEquals(
        "epoch,examples,trainLossNats,trainAccuracy,validationLossNats,validationAccuracy,"
            + "seconds,trainSeconds,computeSeconds,waitingSeconds,syncSeconds,evaluationSeconds,"
            + "imagesPerSecond,rounds,bytesOut,bytesBack",
        lines.get(0));
    assertEquals(6, lines.size());
    for (EpochRecord epoch : run.epochs()) {
      String[] fields = lines.get(epoch.epoch()).split(",", -1);
      assertEquals(16, fields.length);
      assertEquals(epoch.epoch(), Integer.parseInt(fields[0]));
      assertEquals(60_000, Integer.parseInt(fields[1]));
      assertEquals(epoch.training().loss(), Double.parseDouble(fields[2]));
      assertEquals(epoch.validation().accuracy(), Double.parseDouble(fields[5]));
      double parts = Arrays.stream(fields, 8, 12).mapToDouble(Double::parseDouble).sum();
      assertEquals(Double.parseDouble(fields[6]), parts, 1e-12);
      assertEquals(4, Integer.parseInt(fields[13]));
    }
  }

  @Test
  void leavesWhatIsNotFiniteEmpty() {
    String second = EpochsCsv.write(SampleRuns.diverged()).lines().toList().get(2);

    assertTrue(second.startsWith("2,60000,,"), second);
  }

  @Test
  void anAutoencoderHasErrorsInPlaceOfScores() {
    List<String> lines = EpochsCsv.write(SampleRuns.autoencoder()).lines().toList();

    assertTrue(
        lines
            .get(0)
            .startsWith("epoch,examples,trainSquaredError,validationSquaredError,seconds,"));
    assertTrue(lines.get(2).startsWith("2,60000,0.01,0.009375,"), lines.get(2));
    assertEquals(14, lines.get(2).split(",", -1).length);
  }

  @Test
  void aRunWithoutEpochsIsAHeader() {
    assertEquals(1, EpochsCsv.write(SampleRuns.failedAtOnce()).lines().count());
  }

  @Test
  void theLocaleChangesNothing() {
    String before = EpochsCsv.write(SampleRuns.fiveEpochs());
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(before, EpochsCsv.write(SampleRuns.fiveEpochs()));
    } finally {
      Locale.setDefault(usual);
    }
  }
}
