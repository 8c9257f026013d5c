package org.shardmean.jobs.console;

import org.shardmean.data.VisibleText;
import org.shardmean.metrics.Residuals;
import org.shardmean.report.Figures;
import org.shardmean.report.Texts;

/** How far answers are from a target, in a line: R², RMSE and MAE. */
public final class ResidualsLine {
  private ResidualsLine() {}

  /** Of the validation rows of a training. */
  public static String ofValidation(Residuals residuals, Texts t) {
    return t.text("console.residuals", figures(residuals, t));
  }

  /** Of all rows that were answered. */
  public static String of(Residuals residuals, Texts t) {
    return t.text("console.residualsOf", figures(residuals, t));
  }

  private static Object[] figures(Residuals residuals, Texts t) {
    Figures n = new Figures(t.locale());
    return new Object[] {
      VisibleText.of(residuals.target()),
      n.measured(residuals.explained(), 4),
      n.significant(residuals.rootMeanSquare(), 4),
      n.significant(residuals.meanMagnitude(), 4)
    };
  }
}
