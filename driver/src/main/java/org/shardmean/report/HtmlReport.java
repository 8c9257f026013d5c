package org.shardmean.report;

import org.shardmean.run.DataRecord;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/** {@code report.html}: a run for people, in one file that needs no network. */
public final class HtmlReport {
  /** The page stays below this size, so that it opens at once and can be sent by mail. */
  static final int MOST_CHARACTERS = 4_900_000;

  private HtmlReport() {}

  /** The page, in the language of the run's configuration. */
  public static String render(RunRecord run, ShownImages images) {
    return render(run, images, false);
  }

  /**
   * The page of a run that goes on, with what it has done so far; it says that it is unfinished.
   */
  public static String renderUnfinished(RunRecord run) {
    DataRecord data = run.data();
    return render(run, ShownImages.none(data.height(), data.width(), data.classes()), true);
  }

  private static String render(RunRecord run, ShownImages images, boolean isUnfinished) {
    Texts texts = Texts.of(run.config().language()).ofRows(run.data().isOfRows());
    DrawingPad pad = DrawingPad.of(run);
    ReportPage page =
        new ReportPage(run, images, pad, isUnfinished, texts, new Figures(texts.locale()));
    String html = render(page);
    return pad.isThere() && html.length() > MOST_CHARACTERS ? render(page.withoutPad()) : html;
  }

  private static String render(ReportPage page) {
    return Templates.render("report/report.jte", page, PageCode.REPORT);
  }
}
