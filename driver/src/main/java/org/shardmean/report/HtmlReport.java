package org.shardmean.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import org.shardmean.run.RunResult;

/**
 * {@code report.html}: a run for people, in one file that needs no network and runs no script.
 *
 * <p>The templates in {@code src/main/jte} become classes of this package when the project is
 * built; they escape every value by the place it stands in.
 */
public final class HtmlReport {
  private static final String PACKAGE = HtmlReport.class.getPackageName();

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, HtmlReport.class.getClassLoader(), PACKAGE);

  /** The languages that there are texts in, such as {@code en}; any other is shown in the first. */
  public static List<String> languages() {
    return Texts.LANGUAGES;
  }

  /** The page, in the language of the run's configuration. */
  public String render(RunResult run, ReportExamples examples) {
    Texts texts = Texts.of(run.config().language());
    StringOutput page = new StringOutput();
    templates.render(
        "report.jte",
        Map.of(
            "page",
            new ReportPage(run, examples, texts, new Figures(texts.locale())),
            "style",
            StyleSheet.REPORT),
        page);
    return page.toString();
  }
}
