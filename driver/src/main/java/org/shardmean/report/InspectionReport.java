package org.shardmean.report;

import org.shardmean.run.Language;

/** {@code inspect.html}: data and a model for people, in one file that needs no network. */
public final class InspectionReport {
  private InspectionReport() {}

  public static String render(Inspection inspection, Language language) {
    Texts texts = Texts.of(language);
    return Templates.render(
        "report/inspection.jte",
        new InspectionPage(inspection, texts, new Figures(texts.locale())),
        PageCode.PLAIN);
  }
}
