package org.shardmean.jobs;

import java.util.List;

/** {@code train}: the main job. */
final class TrainJob implements Job {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "Trains a network, scores it after every epoch, and writes model and report.";
  }

  @Override
  public List<SettingGroup> settings() {
    return TrainOptions.GROUPS;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "",
        "--workers 8 --epochs 20 --out runs/eight",
        "--layers 784-64-10 --optimizer momentum --learning-rate 0.05",
        "--data generated:1000000 --validation 0.1 --patience 3");
  }

  @Override
  public void run(GivenSettings given) {
    TrainOptions options = new TrainOptions(given);
    System.out.println(options.data());
  }
}
