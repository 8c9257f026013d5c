package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What browsers and screen readers need, whatever the run. */
class HtmlReportStructureTest {
  @ParameterizedTest
  @MethodSource("org.shardmean.report.SamplePages#all")
  void opensAndClosesEveryElement(HtmlPage page) {
    Set<String> empty = Set.of("meta", "link", "img", "input");
    List<String> open = new ArrayList<>();
    for (MatchResult tag : page.tags()) {
      if (tag.group(1).equals("/")) {
        assertEquals(open.remove(open.size() - 1), tag.group(2));
      } else if (!empty.contains(tag.group(2)) && !tag.group(4).equals("/")) {
        open.add(tag.group(2));
      }
    }
    assertEquals(List.of(), open);
  }

  @ParameterizedTest
  @MethodSource("org.shardmean.report.SamplePages#all")
  void namesEveryPartOnceAndPointsAtWhatIsThere(HtmlPage page) {
    List<String> ids = page.all(" id=\"(.*?)\"");
    assertEquals(Set.copyOf(ids).size(), ids.size(), ids.toString());
    List<String> targets = new ArrayList<>(page.all("href=\"#(.*?)\""));
    page.all("aria-labelledby=\"(.*?)\"").forEach(t -> targets.addAll(List.of(t.split(" "))));
    assertEquals(List.of(), targets.stream().filter(target -> !ids.contains(target)).toList());
  }

  @ParameterizedTest
  @MethodSource("org.shardmean.report.SamplePages#all")
  void skipsNoLevelOfHeadings(HtmlPage page) {
    int before = 0;
    for (String level : page.all("<h([1-6])")) {
      int now = Integer.parseInt(level);
      assertTrue(now <= before + 1, "h" + now + " after h" + before);
      before = now;
    }
    assertEquals(1, page.all("<h(1)").size());
  }

  @ParameterizedTest
  @MethodSource("org.shardmean.report.SamplePages#all")
  void saysWhatEveryTableAndDrawingIs(HtmlPage page) {
    assertEquals(page.count("<table"), page.count("<caption"));
    long regions =
        page.count("<table")
            + page.count("<pre class=\"pixels\"")
            + page.count("<figure class=\"timeline\"");
    assertEquals(regions, page.count("role=\"region\""));
    assertEquals(regions, page.count("tabindex=\"0\""));
    assertEquals(page.count("<th[ >]"), page.count("<th [^>]*scope="));
    assertEquals(
        page.count("<svg"),
        page.count("<svg[^>]*role=\"img\"[^>]*aria-label") + page.count("<svg[^>]*aria-hidden"));
    assertEquals(page.count("<img"), page.count("<img[^>]* alt=\""));
  }
}
