package org.shardmean.jobs;

import java.util.List;
import java.util.Map;
import org.shardmean.data.GreyImage;
import org.shardmean.metrics.ClassifiedDigit;
import org.shardmean.report.DigitText;

/**
 * Where a job's text appears.
 *
 * @param digits how digits are drawn there
 */
record Terminal(DigitText digits) {
  private static final int WIDTH = 80;

  /** Colour needs a terminal that says it has 24 bits of it, and an encoding with block drawing. */
  static Terminal of(Map<String, String> environment) {
    boolean colour =
        "live".equals(environment.get("SHARDMEAN_TERMINAL"))
            && List.of("truecolor", "24bit").contains(environment.getOrDefault("COLORTERM", ""))
            && System.getProperty("native.encoding", "").equalsIgnoreCase("UTF-8");
    return new Terminal(new DigitText(width(environment.getOrDefault("COLUMNS", "")), colour));
  }

  /** Digits with their labels, drawn. */
  String drawn(List<ClassifiedDigit> shown, int height, int width) {
    return digits.draw(
        shown.stream().map(digit -> new GreyImage(digit.pixels(), height, width)).toList(),
        shown.stream().map(digit -> String.valueOf(digit.actual())).toList());
  }

  private static int width(String columns) {
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : WIDTH;
  }
}
