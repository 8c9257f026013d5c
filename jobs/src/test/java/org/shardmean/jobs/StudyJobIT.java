package org.shardmean.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.run.RunDirectory;

/** A small study on generated digits. */
class StudyJobIT {
  private static final String ONE_SEED =
      "workers = 1,3\nplans = 1:2\nseeds = 1\nvariant.rule.preset = auto\n";
  private static final String TWO_SEEDS = ONE_SEED.replace("seeds = 1", "seeds = 1,2");

  @TempDir Path folder;

  @Test
  void aStudyGoesOnWhereItStoppedAndGivesTheSameTable() throws IOException {
    run(ONE_SEED, "stopped");
    List<String> first = lines("stopped");
    run(TWO_SEEDS, "stopped");
    run(TWO_SEEDS, "whole");

    assertEquals(3, first.size());
    assertEquals(first, lines("stopped").subList(0, 3), "what was done is kept");
    assertEquals(accuracies("whole"), accuracies("stopped"));
    assertEquals(
        2,
        Files.readString(folder.resolve("whole/study.md"))
            .lines()
            .filter(line -> line.matches("\\| [13] \\| rule .*± .*"))
            .count());
  }

  @Test
  void aFileThatIsNoStudyIsRefusedWithItsLine() throws IOException {
    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other/study.csv"), StudyResult.HEADER + "\nnonsense\n");

    DataException thrown = assertThrows(DataException.class, () -> run(ONE_SEED, "other"));

    assertTrue(thrown.getMessage().contains("study.csv, line 2: expected"), thrown.getMessage());
  }

  private void run(String grid, String out) throws IOException {
    Dataset digits =
        Dataset.of(
            "generated", new GeneratedExamples(300, 7, false), new GeneratedExamples(100, 7, true));
    SparkConf conf =
        new SparkConf().setMaster("local[2]").setAppName("test").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      StudyJob.run(
          spark,
          StudyGrid.parse(grid, "grid"),
          CommandLines.given(),
          digits,
          RunDirectory.create(new Configuration(), folder.resolve(out).toString(), false));
    }
  }

  private List<String> lines(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve("study.csv"));
  }

  /** Setup, seed and accuracy of each run, in order of id. */
  private List<String> accuracies(String out) throws IOException {
    return lines(out).stream()
        .skip(1)
        .map(StudyResult::parse)
        .map(result -> result.id() + " " + result.accuracy() + " " + result.loss())
        .sorted()
        .toList();
  }
}
