package org.shardmean.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.shardmean.average.RoundSum;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.TrainingState;

/**
 * What a task answers in a round.
 *
 * @param sent the partial sums of its block, in order, in the form that crosses the wire
 * @param ownMoments of each of its workers, in order, where workers keep their own; otherwise empty
 * @param executor where it was computed
 */
record RoundAnswer(List<SentSum> sent, List<SentState> ownMoments, String executor)
    implements Serializable {
  RoundAnswer {
    sent = List.copyOf(sent);
    ownMoments = List.copyOf(ownMoments);
  }

  /**
   * In the task; nothing is copied.
   *
   * @param own each worker's state, where workers keep their own moments; otherwise none
   */
  static RoundAnswer of(List<RoundSum> sums, List<TrainingState> own, String executor) {
    return new RoundAnswer(
        sums.stream().map(SentSum::of).toList(),
        own.stream().map(SentState::momentsOf).toList(),
        executor);
  }

  /** On the driver: the partial sums, not copied. */
  List<RoundSum> sums() {
    return sent.stream().map(SentSum::sum).toList();
  }

  /** Seconds that the task spent in local steps. */
  double seconds() {
    return sent.stream().mapToDouble(SentSum::seconds).sum();
  }

  /** Bytes of the states in it on the wire. */
  long bytes() {
    return Stream.concat(sent.stream().map(SentSum::mean), ownMoments.stream())
        .mapToLong(SentState::bytes)
        .sum();
  }

  /** A {@link RoundSum} that can cross the wire. */
  record SentSum(SentState mean, TrainingScore score, double spread, int workers, double seconds)
      implements Serializable {
    static SentSum of(RoundSum sum) {
      return new SentSum(
          SentState.of(sum.mean()), sum.score(), sum.spread(), sum.workers(), sum.seconds());
    }

    RoundSum sum() {
      return new RoundSum(mean.state(), score, spread, workers, seconds);
    }
  }
}
