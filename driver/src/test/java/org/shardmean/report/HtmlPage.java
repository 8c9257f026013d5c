package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/**
 * A report's page or a part of it, to be searched.
 *
 * @param text the whole of it
 */
record HtmlPage(String text) {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\\s*(/?)>");

  static HtmlPage of(RunRecord run, ShownImages examples) {
    return new HtmlPage(HtmlReport.render(run, examples));
  }

  /** Every tag: whether it closes ("/"), its element, its attributes, whether it is empty ("/"). */
  List<MatchResult> tags() {
    return TAG.matcher(text).results().toList();
  }

  /** The cells' texts of each row in the body of the table with this caption. */
  List<List<String>> rows(String caption) {
    return between("<caption id=\"" + caption + "\"", "</table>")
        .between("<tbody>", "</tbody>")
        .all("<tr[^>]*>(.*?)</tr>")
        .stream()
        .map(
            row ->
                new HtmlPage(row)
                    .all("<t[hd][^>]*>(.*?)</t[hd]>").stream()
                        .map(cell -> cell.replaceAll("(?s)<title>.*?</title>|<[^>]*>", "").trim())
                        .toList())
        .toList();
  }

  boolean contains(String part) {
    return text.contains(part);
  }

  /** From the first {@code from}, which must be there, to the {@code to} after it. */
  HtmlPage between(String from, String to) {
    int start = text.indexOf(from);
    assertTrue(start >= 0, "no " + from);
    return new HtmlPage(text.substring(start, text.indexOf(to, start)));
  }

  /** What the pattern's first group holds, wherever the pattern is found. */
  List<String> all(String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** How often the pattern is found. */
  long count(String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}
