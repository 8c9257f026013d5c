package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A report is opened from a disk and sent on: it runs only its own script and loads nothing. */
class HtmlReportSafetyTest {
  @ParameterizedTest
  @MethodSource("org.shardmean.report.SamplePages#all")
  void allowsItsOneStyleSheetAndItsOneScriptAndNothingElse(HtmlPage page) throws Exception {
    assertEquals(
        List.of(
            "default-src 'none'; style-src %s; script-src %s; img-src data:; base-uri 'none'; form-action 'none'"
                .formatted(hashOfTheOnly("style", page), hashOfTheOnly("script", page))),
        page.all("http-equiv=\"Content-Security-Policy\" content=\"(.*?)\"").stream()
            .map(HtmlReportSafetyTest::unescaped)
            .toList());
    assertTrue(page.text().indexOf("Content-Security-Policy") < page.text().indexOf("<style>"));
  }

  @ParameterizedTest
  @MethodSource("org.shardmean.report.SamplePages#all")
  void loadsNothingAndHasNoCodeInItsAttributes(HtmlPage page) {
    for (String address : page.all("(?:src|href)=\"(.*?)\"")) {
      assertTrue(
          address.startsWith("data:image/png;base64,")
              || address.equals("data:,")
              || address.startsWith("#"),
          address);
    }
    assertFalse(page.contains("http://") || page.contains("https://"), "an address");
    assertEquals(1, page.count("<script"));
    assertEquals(0, page.count("<(iframe|object|embed|form|base)"));
    for (MatchResult tag : page.tags()) {
      String names = tag.group(3).replaceAll("\"[^\"]*\"", "");
      assertFalse(Pattern.compile("\\s(on[a-z]+|style)=").matcher(names).find(), tag.group());
    }
    assertFalse(page.contains("url(") || page.contains("@import"));
    assertFalse(page.contains("eval(") || page.contains("innerHTML"), "code from text");
  }

  @Test
  void escapesWhateverComesFromOutside() {
    HtmlPage page = HtmlPage.of(SamplePages.hostile(), SampleExamples.tenClasses());

    assertFalse(page.contains("<script>alert"), "a script");
    assertFalse(page.contains("<img src=x"), "an element");
    assertFalse(page.contains("\u202e") || page.contains("\u0000"), "an invisible character");
    assertTrue(
        page.contains(
            "<h1><bdi>&lt;script&gt;alert(1)&lt;/script&gt; \"&gt;&lt;img src=x"
                + " onerror='alert(2)'&gt; ${7*7} {0} &amp;amp; ü 😀 ⟨U+202E⟩⟨U+0000⟩</bdi></h1>"));
  }

  private static String hashOfTheOnly(String element, HtmlPage page) throws Exception {
    List<String> texts = page.all("<" + element + ">(.*?)</" + element + ">");
    assertEquals(1, texts.size());
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(texts.get(0).getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  private static String unescaped(String attribute) {
    return attribute.replace("&#39;", "'").replace("&amp;", "&");
  }
}
