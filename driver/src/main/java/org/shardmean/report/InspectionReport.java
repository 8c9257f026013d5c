package org.shardmean.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** {@code inspect.html}: data and a model for people, in one file that needs no network. */
public final class InspectionReport {
  private static final String PACKAGE = InspectionReport.class.getPackageName();

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, InspectionReport.class.getClassLoader(), PACKAGE);

  /**
   * The page.
   *
   * @param language such as {@code en}; one without texts is shown in English
   */
  public String render(Inspection inspection, String language) {
    Texts texts = Texts.of(language);
    StringOutput page = new StringOutput();
    templates.render(
        "inspection.jte",
        Map.of(
            "page",
            new InspectionPage(inspection, texts, new Figures(texts.locale())),
            "style",
            StyleSheet.REPORT),
        page);
    return page.toString();
  }
}
