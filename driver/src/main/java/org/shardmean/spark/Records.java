package org.shardmean.spark;

import org.shardmean.average.Drift;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RoundTimes;
import org.shardmean.run.TimeSplit;

/** Writes down what rounds and epochs did. */
final class Records {
  private Records() {}

  /** Of the round that has just come back. */
  static RoundRecord round(
      Progress before, Workers.Round back, Drift drift, Cluster cluster, long began) {
    TimeSplit time =
        RoundTimes.split(
            secondsSince(began),
            back.seconds(),
            back.executors(),
            Math.max(1, cluster.cores() / Math.max(1, cluster.executors())));
    return new RoundRecord(
        before.epoch(),
        before.round(),
        back.sum().score(),
        time,
        back.bytesOut(),
        back.bytesBack(),
        drift);
  }

  /** Of the current epoch, whose rounds have all ended. */
  static EpochRecord epoch(Progress now, Score validation, long evaluationBegan) {
    TrainingScore score = TrainingScore.EMPTY;
    TimeSplit time = new TimeSplit(0, 0, 0, secondsSince(evaluationBegan));
    for (RoundRecord round : now.rounds()) {
      score = score.plus(round.score());
      time = time.plus(round.time());
    }
    return new EpochRecord(now.epoch(), score, validation, time, now.rounds());
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) * 1e-9;
  }
}
