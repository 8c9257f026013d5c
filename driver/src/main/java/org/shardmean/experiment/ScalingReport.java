package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.shardmean.report.StyleSheet;

/**
 * {@code scaling.html}: a grid for people, in one file that needs no network and runs no script, in
 * the style of a run's report.
 */
public final class ScalingReport {
  private static final StyleSheet STYLE = StyleSheet.REPORT.with(rules());

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          ScalingReport.class.getClassLoader(),
          ScalingReport.class.getPackageName());

  public String render(ScalingResult result) {
    StringOutput page = new StringOutput();
    templates.render("scaling.jte", Map.of("page", ScalingPage.of(result), "style", STYLE), page);
    return page.toString();
  }

  private static String rules() {
    try (InputStream in =
        requireNonNull(ScalingReport.class.getResourceAsStream("scaling.css"), "scaling.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("scaling.css inside the jar cannot be read", e);
    }
  }
}
