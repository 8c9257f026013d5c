package org.shardmean.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;

/** Reads what a run left in its folder. */
final class TrainedRun {
  /** What a run that ended well leaves, by name. */
  static final Set<String> FILES =
      Set.of(
          "checkpoints",
          "confusion.csv",
          "epochs.csv",
          "examined.bin",
          "model.zip",
          "report.html",
          "result.json");

  private TrainedRun() {}

  static SavedResult result(Path folder) throws IOException {
    Path file = folder.resolve("result.json");
    return ResultJson.read(file.toString(), Files.readString(file));
  }
}
