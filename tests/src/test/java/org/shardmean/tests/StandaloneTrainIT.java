package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.RealMnist;
import org.shardmean.report.SavedResult;

/** The same run on one core and on a standalone cluster of two ends in the same bits. */
class StandaloneTrainIT {
  @TempDir Path folder;

  @Test
  void aClusterOfTwoWorkersEndsInTheBitsOfOneProcess() throws Exception {
    Path mnist = RealMnist.folder();

    SavedResult oneCore = train("one", mnist, List.of("--master", "local[1]"));
    SavedResult cluster;
    try (StandaloneCluster standalone = StandaloneCluster.start(2, folder)) {
      cluster = train("cluster", mnist, standalone.driverOptions());
    }

    assertEquals(oneCore.parametersSha256(), cluster.parametersSha256());
    assertEquals(
        oneCore.epochs().get(0).validationLoss(), cluster.epochs().get(0).validationLoss());
    assertEquals(0, oneCore.environment().executors());
    assertEquals(2, cluster.environment().executors());
    assertEquals(2, cluster.environment().cores());
  }

  private SavedResult train(String name, Path mnist, List<String> where) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(where);
    arguments.addAll(List.of("--data", mnist.toString(), "--epochs", "1", "--workers", "2"));
    arguments.addAll(List.of("--rounds-per-epoch", "2", "--out", name));

    Finished finished = new Launcher(folder).run(arguments.toArray(String[]::new));

    assertEquals(0, finished.exitCode(), finished.err());
    return TrainedRun.result(folder.resolve(name));
  }
}
