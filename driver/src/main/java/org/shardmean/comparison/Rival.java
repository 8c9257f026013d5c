package org.shardmean.comparison;

import java.util.Locale;
import org.shardmean.report.Texts;

/** What Shardmean is compared with. */
public enum Rival {
  DL4J_DEFAULTS("DL4J on Spark (defaults)"),
  DL4J_EQUAL("DL4J on Spark (as many averagings)"),
  MLLIB("MLlib's perceptron");

  private final String title;

  Rival(String title) {
    this.title = title;
  }

  /** A short name, for people; its settings say what it is in full. */
  public String title() {
    return title;
  }

  /** The same in a language. */
  public String title(Texts t) {
    return switch (this) {
      case DL4J_DEFAULTS -> t.text("said.dl4jDefaults");
      case DL4J_EQUAL -> t.text("said.dl4jEqual");
      case MLLIB -> t.text("said.mllib");
    };
  }

  /** For programs: {@code dl4j-equal}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
