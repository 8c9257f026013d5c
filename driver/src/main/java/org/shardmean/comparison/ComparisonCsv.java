package org.shardmean.comparison;

import org.shardmean.report.CsvField;

/**
 * {@code comparison.csv}: a line for each milestone of each contender, in the format of RFC 4180,
 * but lines end with {@code \n}.
 */
public final class ComparisonCsv {
  private ComparisonCsv() {}

  public static String write(Comparison comparison) {
    StringBuilder csv = new StringBuilder("contender,milestone,seconds,accuracy\n");
    for (Contender contender : comparison.contenders()) {
      for (Milestone milestone : contender.course().milestones()) {
        csv.append(CsvField.of(contender.id())).append(',');
        csv.append(CsvField.of(milestone.label())).append(',');
        csv.append(milestone.seconds()).append(',').append(milestone.accuracy()).append('\n');
      }
    }
    return csv.toString();
  }
}
