package org.shardmean.comparison;

/** What Shardmean is compared with. */
public enum Rival {
  DL4J_DEFAULTS("DL4J ParameterAveragingTrainingMaster (defaults)"),
  DL4J_EQUAL("DL4J ParameterAveragingTrainingMaster (averaged as often as Shardmean)"),
  MLLIB("Spark MLlib MultilayerPerceptronClassifier");

  private final String title;

  Rival(String title) {
    this.title = title;
  }

  /** Its name, for people. */
  public String title() {
    return title;
  }
}
