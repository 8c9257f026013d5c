package org.shardmean.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.shardmean.average.CodedSum;
import org.shardmean.wire.CodedState;

/**
 * What a task answers in a round.
 *
 * @param sums the partial sums of its block, in order
 * @param ownMoments of each of its workers, in order, where workers keep their own; otherwise empty
 * @param executor where it was computed
 */
record RoundAnswer(List<CodedSum> sums, List<CodedState> ownMoments, String executor)
    implements Serializable {
  RoundAnswer {
    sums = List.copyOf(sums);
    ownMoments = List.copyOf(ownMoments);
  }

  /** Seconds that the task spent in local steps. */
  double seconds() {
    return sums.stream().mapToDouble(CodedSum::seconds).sum();
  }

  /** Bytes of the states in it on the wire. */
  long bytes() {
    return Stream.concat(sums.stream().map(CodedSum::mean), ownMoments.stream())
        .mapToLong(CodedState::bytes)
        .sum();
  }
}
