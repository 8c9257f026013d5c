package org.shardmean.jobs;

import org.shardmean.average.AveragingSettings;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;

/** What chooses the training and averaging settings that are not given. */
enum Preset {
  /** By the number of workers, epochs and images. */
  AUTO,
  /** Always the same. */
  NONE;

  /** How workers train where nothing else is given. */
  LocalSettings local(EngineKind engine) {
    return LocalSettings.of(
        engine, Optimizer.ADAM, new LearningRate(Schedule.ONE_CYCLE, 1e-3, 0.1), 64);
  }

  /** How results are averaged where nothing else is given. */
  AveragingSettings averaging(int workers) {
    return AveragingSettings.mean(workers, 4);
  }
}
