package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.run.RunStatus;

/** Drivers that are killed or told to stop, and started again with the same command. */
class ResumeIT {
  private static final List<String> RUN =
      List.of(
          "train",
          "--data=generated:2000",
          "--workers=3",
          "--epochs=60",
          "--rounds-per-epoch=3",
          "--moments=kept",
          "--outer=nesterov",
          "--outer-momentum=0.5",
          "--reshuffle",
          "--checkpoint-every=round");

  @TempDir private Path folder;

  @Test
  void aKilledAndAStoppedDriverGoOnAndEndInTheUndisturbedBits() throws Exception {
    assertEquals(0, run("local[2]", "undisturbed").exitCode());

    for (String epoch : List.of(" 1", " 9")) {
      try (LoggingProcess driver = start("local[1]", "run", epoch)) {
        driver.awaitReady();
        driver.kill();
        assertEquals(137, driver.exitCode());
      }
    }
    try (LoggingProcess driver = start("local[2]", "run", "15")) {
      driver.awaitReady();
      Finished second = run("local[1]", "run");
      assertEquals(2, second.exitCode(), second.err());
      assertEquals(1, second.errors().size(), second.err());
      driver.terminate();
      assertEquals(143, driver.exitCode(), driver.log());
      assertFalse(driver.log().contains("\tat "), driver.log());
      assertTrue(driver.log().contains("stopped by a signal after epoch"), driver.log());
    }
    assertEquals(RunStatus.INTERRUPTED, TrainedRun.result(folder.resolve("run")).status());
    assertTrue(Files.exists(folder.resolve("run/model.zip")));
    assertEquals(0, run("local[4]", "run").exitCode());

    assertEquals(
        TrainedRun.result(folder.resolve("undisturbed")).parametersSha256(),
        TrainedRun.result(folder.resolve("run")).parametersSha256());
    assertEquals(60, TrainedRun.result(folder.resolve("run")).epochs().size());
  }

  private Finished run(String master, String out) throws Exception {
    return Finished.of(builder(master, out), folder);
  }

  private LoggingProcess start(String master, String out, String epoch) throws Exception {
    return new LoggingProcess(builder(master, out), Pattern.compile("Epoch " + epoch + "/60"));
  }

  private ProcessBuilder builder(String master, String out) {
    List<String> arguments = new ArrayList<>(RUN);
    arguments.addAll(List.of("--master", master, "--out", out));
    return new Launcher(folder).of(arguments.toArray(String[]::new));
  }
}
