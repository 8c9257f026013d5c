package org.shardmean.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.shardmean.average.CodedSum;
import org.shardmean.wire.CodedState;
import org.shardmean.wire.Part;

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

  /** What it has of some of the parameters; the numbers are copies. No own moments come along. */
  RoundAnswer part(Part part) {
    return new RoundAnswer(sums.stream().map(sum -> sum.part(part)).toList(), List.of(), executor);
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
