package org.shardmean.run;

import java.util.Locale;

/** The languages that a report can be written in. Each has a file of texts. */
public enum Language {
  EN,
  DE,
  JA;

  /** What numbers are written by, and the page's language. */
  public Locale locale() {
    return Locale.forLanguageTag(name().toLowerCase(Locale.ROOT));
  }
}
