package org.shardmean.spark;

import org.shardmean.average.AveragingSettings;
import org.shardmean.average.Block;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.SumPlace;
import org.shardmean.average.SumTree;
import org.shardmean.run.RunConfig;
import org.shardmean.wire.Part;
import org.shardmean.wire.WireFormat;

/**
 * The heap that a training's rounds need, in bytes, known before anything is started. A state is
 * parameters and moments; what is counted is how many of them are held at the busiest moment of a
 * round. Images come on top, but only as far as there is room: what does not fit goes to disk.
 *
 * @param state of one worker, as it is used
 * @param out a round's start, as it crosses
 * @param isSliced whether executors add up part by part, and the driver gets the sum alone
 * @param back what the driver gets in a round, as it crosses
 * @param largestAnswer the most that one task of training sends to where it is added up
 * @param largestResult the most that one task sends to the driver
 * @param largestShare the most that one task on an executor adds up; 0 where the driver does
 * @param tasks that send the driver something in a round
 * @param tasksAtOnce on one executor
 * @param isRounded whether what crosses is another form of the state, which is held beside it
 */
public record RoundMemory(
    long state,
    long out,
    boolean isSliced,
    long back,
    long largestAnswer,
    long largestResult,
    long largestShare,
    int tasks,
    int tasksAtOnce,
    boolean isRounded) {
  /**
   * Of the states that tasks send in a round, what one place has to take in less where executors
   * add them up part by part: from so much on that saves more than Spark's shuffle costs. Measured
   * on two executors of one core, with states of ten million parameters.
   */
  private static final long LEAST_BYTES_TO_SAVE = 28L << 20;

  /** What Spark itself and everything else needs. */
  private static final long REST = 300L << 20;

  /** Spark reads so many answers at once ({@code spark.resultGetter.threads}). */
  private static final int ANSWERS_AT_ONCE = 4;

  /**
   * Java's collector leaves gaps beside large arrays, which it does not move. Measured with states
   * of 67 and 230 MB, two executors of one core: a driver of 2,500 MB did, one of 2,048 did not;
   * executors of 2,250 MB did, of 2,048 not; on two cores of one process 5,120 MB did, 4,096 not.
   */
  private static final double GAPS_OF_DRIVER = 1.25;

  private static final double GAPS_OF_EXECUTOR = 1.65;

  public RoundMemory {
    if (tasks < 1 || tasksAtOnce < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 task, found %d, %d at once".formatted(tasks, tasksAtOnce));
    }
  }

  /**
   * What a training needs on a cluster.
   *
   * @param slots for tasks, all executors together
   * @param executors where the driver itself computes, 0 or 1
   */
  public static RoundMemory of(RunConfig config, int slots, int executors) {
    AveragingSettings averaging = config.averaging();
    SumTree tree = new SumTree(averaging.workers());
    WireFormat wire = averaging.wire();
    int parameters = config.model().parameters();
    int moments = Math.multiplyExact(parameters, config.local().optimizer().moments());
    long sum = wire.bytesOfBack(parameters, isAveraged(averaging) ? moments : 0);
    long own = averaging.moments() == MomentPolicy.KEPT ? wire.bytesOfBack(0, moments) : 0;
    long back = 0;
    long largest = 0;
    int tasks = 0;
    for (Block block : Block.cut(averaging.workers(), slots)) {
      int sums = tree.partialSums(block, worker -> 1, Integer::sum).size();
      long answer = sums * sum + block.size() * own;
      back += answer;
      largest = Math.max(largest, answer);
      tasks++;
    }
    int parts = Part.cut(parameters, tasks).size();
    boolean isSliced = isSliced(averaging, back - back / parts, executors);
    return new RoundMemory(
        WireFormat.FLOAT32.bytesOfStart(parameters, moments),
        wire.bytesOfStart(parameters, moments),
        isSliced,
        isSliced ? sum : back,
        largest,
        isSliced ? sum / parts : largest,
        isSliced ? back / parts : 0,
        isSliced ? parts : tasks,
        tasksAtOnce(Math.min(tasks, slots), Math.max(1, executors)),
        wire.isRounded());
  }

  /** The rule behind {@link SumPlace#AUTO}. */
  private static boolean isSliced(AveragingSettings averaging, long saved, int executors) {
    return switch (averaging.place()) {
      case DRIVER -> false;
      case SLICED -> true;
      case AUTO ->
          executors > 1 && averaging.moments() != MomentPolicy.KEPT && saved >= LEAST_BYTES_TO_SAVE;
    };
  }

  private static int tasksAtOnce(int tasks, int executors) {
    return Math.max(1, (tasks + executors - 1) / executors);
  }

  private static boolean isAveraged(AveragingSettings averaging) {
    return averaging.moments() == MomentPolicy.AVERAGED;
  }

  /** The driver's heap. */
  public long driver() {
    return REST + Math.round(GAPS_OF_DRIVER * heldByDriver());
  }

  /** An executor's heap. */
  public long executor() {
    return REST + Math.round(GAPS_OF_EXECUTOR * heldByExecutor());
  }

  /** The heap where driver and executor are one process, which holds a round's start once. */
  public long both() {
    long held = heldByDriver() + heldByExecutor() - state - 2 * out;
    return REST + Math.round(GAPS_OF_EXECUTOR * held);
  }

  /**
   * The state, and the start that Spark holds in pieces; all answers, and of those that are read at
   * the same time the bytes twice, as Spark holds them. Parts are decoded, then joined, while a
   * checkpoint may still be written of the state before; last step, velocity and kept parameters
   * come to another state.
   */
  private long heldByDriver() {
    long read = 2 * largestResult * Math.min(tasks, ANSWERS_AT_ONCE);
    long added = isSliced ? 4 * state : isRounded ? 2 * state : 0;
    return state + out + back + read + added;
  }

  /**
   * The start in pieces and whole; in each task the state that is trained and the sum so far, or
   * the answer and its bytes twice, as Spark holds them, or the share that is added up. Each
   * executor keeps its share of the parts as they are sent, and of parameters and velocity, of this
   * round and of the next.
   */
  private long heldByExecutor() {
    long decoded = isRounded || isSliced ? state : 0;
    long most = Math.max(largestShare, Math.max(2 * state, 3 * largestAnswer));
    long kept = isSliced ? 2 * (out + state) * Math.min(tasksAtOnce, tasks) / tasks : 0;
    return 2 * out + kept + tasksAtOnce * (most + decoded);
  }
}
