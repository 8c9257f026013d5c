package org.shardmean.comparison;

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
}
