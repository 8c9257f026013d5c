package org.shardmean.report;

import java.util.List;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/** {@code report.html}: a run for people, in one file that needs no network. */
public final class HtmlReport {
  private HtmlReport() {}

  /** The languages that there are texts in, such as {@code en}; any other is shown in the first. */
  public static List<String> languages() {
    return Texts.LANGUAGES;
  }

  /** The page, in the language of the run's configuration. */
  public static String render(RunRecord run, ShownImages images) {
    Texts texts = Texts.of(run.config().language());
    return Templates.render(
        "report/report.jte",
        new ReportPage(run, images, texts, new Figures(texts.locale())),
        PageCode.REPORT);
  }
}
