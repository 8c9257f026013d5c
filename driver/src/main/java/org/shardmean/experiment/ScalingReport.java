package org.shardmean.experiment;

import org.shardmean.report.Templates;

/**
 * {@code scaling.html}: a grid for people, in one file that needs no network and runs no script, in
 * the style of a run's report.
 */
public final class ScalingReport {
  private ScalingReport() {}

  public static String render(ScalingResult result) {
    return Templates.render("experiment/scaling.jte", ScalingPage.of(result));
  }
}
