package org.shardmean.report;

/** {@code inspect.html}: data and a model for people, in one file that needs no network. */
public final class InspectionReport {
  private InspectionReport() {}

  /**
   * The page.
   *
   * @param language such as {@code en}; one without texts is shown in English
   */
  public static String render(Inspection inspection, String language) {
    Texts texts = Texts.of(language);
    return Templates.render(
        "report/inspection.jte",
        new InspectionPage(inspection, texts, new Figures(texts.locale())),
        PageCode.PLAIN);
  }
}
