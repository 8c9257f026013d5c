package org.shardmean.spark;

import java.util.List;
import org.shardmean.average.Drift;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RoundTimes;
import org.shardmean.run.TimeSplit;

/** Writes down what rounds and epochs did. */
final class Records {
  private Records() {}

  static RoundRecord round(
      int epoch, int round, Workers.Round back, Drift drift, Cluster cluster, long began) {
    TimeSplit time =
        RoundTimes.split(
            secondsSince(began),
            back.seconds(),
            back.executors(),
            Math.max(1, cluster.cores() / Math.max(1, cluster.executors())));
    return new RoundRecord(
        epoch, round, back.sum().score(), time, back.bytesOut(), back.bytesBack(), drift);
  }

  static EpochRecord epoch(
      int epoch, List<RoundRecord> rounds, Score validation, long evaluationBegan) {
    TrainingScore score = TrainingScore.EMPTY;
    TimeSplit time = new TimeSplit(0, 0, 0, secondsSince(evaluationBegan));
    for (RoundRecord round : rounds) {
      score = score.plus(round.score());
      time = time.plus(round.time());
    }
    return new EpochRecord(epoch, score, validation, time, rounds);
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) * 1e-9;
  }
}
