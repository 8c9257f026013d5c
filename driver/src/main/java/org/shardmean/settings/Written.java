package org.shardmean.settings;

/**
 * A value as it was written.
 *
 * @param text the value
 * @param where for people: the option, or the file, line and key
 */
public record Written(String text, String where) {
  private static final String RUNS_OWN = "the run's ";

  /** What a run that is gone on with was resolved to. */
  public static Written ofRun(String setting, String text) {
    return new Written(text, RUNS_OWN + setting);
  }

  /** Whether it is a setting of the run that is gone on with, which nobody gave again. */
  boolean isOfRun() {
    return where.startsWith(RUNS_OWN);
  }
}
