package org.shardmean.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/**
 * The pages' templates. Those in {@code src/main/jte/report} become classes of this package when
 * the project is built, those in {@code src/main/jte/experiment} of package {@code experiment}, so
 * that what they show need not be public. They escape every value by the place it stands in.
 */
public final class Templates {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "org.shardmean");

  private Templates() {}

  /**
   * Renders one page.
   *
   * @param template such as {@code report/report.jte}, with the parameters {@code page} and {@code
   *     code}
   * @param page what it shows
   * @param code its style sheet and script
   */
  public static String render(String template, Object page, PageCode code) {
    StringOutput html = new StringOutput();
    ENGINE.render(template, Map.of("page", page, "code", code), html);
    return html.toString();
  }
}
