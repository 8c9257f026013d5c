package org.shardmean.jobs.command;

import java.util.List;
import java.util.stream.Stream;
import org.shardmean.jobs.grid.GridJob;
import org.shardmean.jobs.train.TrainJob;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.SettingGroup;

/** A job that keeps what it was given and then does as it is told. */
final class SpyJob implements Job {
  /** What it does when it runs. */
  interface Act {
    void run() throws Exception;
  }

  private final Act act;
  private GivenSettings given;

  SpyJob(Act act) {
    this.act = act;
  }

  /** What it was given; null before it ran. */
  GivenSettings given() {
    return given;
  }

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "Keeps what it was given.";
  }

  @Override
  public List<SettingGroup> settings() {
    // The grid's too, because these have a value in the defaults.
    SettingGroup grid = new SettingGroup("Grid", List.of(GridJob.HISTORY, GridJob.BASELINE));
    return Stream.concat(new TrainJob().settings().stream(), Stream.of(grid)).toList();
  }

  @Override
  public List<ExitCode> ownExitCodes() {
    return List.of(ExitCode.TRAINING);
  }

  @Override
  public List<String> examples() {
    return List.of("--epochs 3");
  }

  @Override
  public void run(GivenSettings given) throws Exception {
    this.given = given;
    act.run();
  }
}
