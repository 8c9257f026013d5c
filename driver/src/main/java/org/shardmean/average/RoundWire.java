package org.shardmean.average;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.shardmean.data.Seeds;
import org.shardmean.train.LocalResult;
import org.shardmean.train.Moments;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.CodedState;
import org.shardmean.wire.Part;
import org.shardmean.wire.WireFormat;

/**
 * How the states of one round are coded for the wire, on either side of it.
 *
 * <p>What a format rounds must not depend on which states cross and which are added up where they
 * are. So every node of {@link SumTree} is coded: each worker's result, each sum of two, and the
 * whole, whether it is sent or not. The seed of its rounding follows from the run's seed, the
 * round, and the workers below the node.
 *
 * @param format of every state
 * @param plan which round
 * @param part which parameters the states have that it codes
 */
public record RoundWire(WireFormat format, RoundPlan plan, Part part) implements Serializable {

  /** What is coded, for its seed. The numbers are a contract. */
  private static final int START = 0;

  private static final int SUM = 1;
  private static final int OWN_MOMENTS_OUT = 2;
  private static final int OWN_MOMENTS_BACK = 3;

  public RoundWire {
    requireNonNull(format, "format");
    requireNonNull(plan, "plan");
    requireNonNull(part, "part");
  }

  /** For the whole state of a network with so many parameters. */
  public static RoundWire of(WireFormat format, RoundPlan plan, int parameters) {
    return new RoundWire(format, plan, Part.whole(parameters));
  }

  /** The same for some of the parameters. */
  public RoundWire of(Part some) {
    return new RoundWire(format, plan, some);
  }

  /** What all workers start from, on its way out. */
  public CodedState start(TrainingState state) {
    return format.start(state, part, seed(START, new Block(0, 1)));
  }

  /** A worker's own moments, on their way out. */
  public CodedState ownMomentsOut(int worker, Moments own) {
    return format.moments(
        own.values(), own.steps(), part, seed(OWN_MOMENTS_OUT, new Block(worker, worker + 1)));
  }

  /** A worker's own moments, on their way back. */
  public CodedState ownMomentsBack(int worker, TrainingState state) {
    return format.moments(
        state.moments(),
        state.steps(),
        part,
        seed(OWN_MOMENTS_BACK, new Block(worker, worker + 1)));
  }

  /**
   * One worker's round, a leaf of the tree.
   *
   * @param result whose arrays are used up
   * @param start the parameters that the worker started from, as they arrived
   */
  public CodedSum leaf(int worker, LocalResult result, float[] start) {
    if (format.isRounded()) {
      Vectors.subtractInPlace(result.state().parameters(), start);
    }
    return coded(worker, RoundSum.of(result));
  }

  /** The sum of {@code sum} and of the workers that follow; both are used up. */
  public CodedSum add(CodedSum sum, CodedSum next) {
    return coded(sum.of().first(), decoded(sum).addInPlace(decoded(next)));
  }

  /**
   * The sum over all workers.
   *
   * @param whole which is used up
   * @param start the driver's parameters at the start of the round
   */
  public RoundSum total(CodedSum whole, float[] start) {
    RoundSum sum = decoded(whole);
    if (format.isRounded()) {
      Vectors.addInPlace(sum.mean().parameters(), start);
    }
    return sum;
  }

  private CodedSum coded(int first, RoundSum sum) {
    Block of = new Block(first, first + sum.workers());
    CodedState mean = format.back(sum.mean(), part, seed(SUM, of));
    return new CodedSum(of, mean, sum.score(), sum.spreads(), sum.seconds());
  }

  private static RoundSum decoded(CodedSum sum) {
    return new RoundSum(
        sum.mean().state(), sum.score(), sum.spreads(), sum.of().size(), sum.seconds());
  }

  private long seed(int what, Block workers) {
    return Seeds.mix(
        plan.seed(),
        Seeds.Purpose.WIRE,
        plan.epoch(),
        plan.round(),
        what,
        workers.first(),
        workers.end());
  }
}
