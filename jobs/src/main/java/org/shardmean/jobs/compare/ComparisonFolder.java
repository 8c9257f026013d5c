package org.shardmean.jobs.compare;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.RunResult;
import org.shardmean.comparison.Comparison;
import org.shardmean.comparison.ComparisonCsv;
import org.shardmean.comparison.ComparisonJson;
import org.shardmean.comparison.ComparisonReport;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Language;
import org.shardmean.run.RunDirectory;

/**
 * Where a comparison lies: its page and tables, and beside them the folder of Shardmean's own run.
 */
final class ComparisonFolder {
  private static final String CSV = "comparison.csv";
  private static final String JSON = "comparison.json";
  private static final String OURS = "shardmean";

  private final RunDirectory files;
  private final RunDirectory ours;

  private ComparisonFolder(RunDirectory files, RunDirectory ours) {
    this.files = files;
    this.ours = ours;
  }

  /**
   * Makes the folder, or takes one that is there.
   *
   * @throws ConfigurationException if it holds a comparison and {@code overwrite} is not set, or
   *     cannot be made
   */
  static ComparisonFolder at(Configuration hadoop, String path, boolean overwrite) {
    RunDirectory files =
        RunDirectory.createFor(hadoop, path, List.of(RunDirectory.REPORT, CSV, JSON), overwrite);
    return new ComparisonFolder(
        files, RunDirectory.create(hadoop, files.path() + "/" + OURS, overwrite));
  }

  /** A new folder {@code runs/TIME-compare}. */
  static ComparisonFolder named(Configuration hadoop, ZonedDateTime now) {
    String path = RunDirectory.createNamed(hadoop, "runs", now, "compare").path().toString();
    return at(hadoop, path, false);
  }

  /** Writes Shardmean's own run. */
  void save(RunResult result) {
    result.saveTo(ours);
  }

  /** Writes tables and page; the page last, so that whoever finds it finds the rest. */
  void write(Comparison comparison, Language language) throws IOException {
    files.write(CSV, ComparisonCsv.write(comparison));
    files.write(JSON, ComparisonJson.write(comparison));
    files.write(RunDirectory.REPORT, ComparisonReport.render(comparison, language));
  }

  /** Where the page is, for people. */
  String report() {
    return WrittenTo.path(files, RunDirectory.REPORT);
  }
}
