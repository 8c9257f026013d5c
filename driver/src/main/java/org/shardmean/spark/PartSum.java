package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.Block;
import org.shardmean.average.CodedSum;
import org.shardmean.average.OuterStep;
import org.shardmean.average.RoundSum;
import org.shardmean.average.RoundWire;
import org.shardmean.average.SumTree;
import org.shardmean.train.Optimizer;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.Part;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction2;

/**
 * What an executor does with one part of the parameters, when all blocks of a round have been
 * trained: it adds up what they did along the tree, takes the outer step, and keeps what the next
 * round starts from. The driver takes the same step with the whole state; both get the same bits,
 * because every number is computed from those of its own index.
 */
final class PartSum
    extends AbstractFunction2<TaskContext, scala.collection.Iterator<BlockPart>, PartSum.Answer>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SumTree tree;
  private final Block[] blocks;
  private final RoundWire wire;
  private final RoundWire nextWire;
  private final AveragingSettings averaging;
  private final Optimizer optimizer;
  private final KeptParts from;
  private final KeptParts to;

  /**
   * The sums of one round.
   *
   * @param wire of the round
   * @param nextWire of the round that comes next
   * @param from what the round started from
   * @param to where the next start is kept
   */
  PartSum(
      SumTree tree,
      List<Block> blocks,
      RoundWire wire,
      RoundWire nextWire,
      AveragingSettings averaging,
      Optimizer optimizer,
      KeptParts from,
      KeptParts to) {
    this.tree = requireNonNull(tree, "tree");
    this.blocks = blocks.toArray(Block[]::new);
    this.wire = requireNonNull(wire, "wire");
    this.nextWire = requireNonNull(nextWire, "nextWire");
    this.averaging = requireNonNull(averaging, "averaging");
    this.optimizer = requireNonNull(optimizer, "optimizer");
    this.from = requireNonNull(from, "from");
    this.to = requireNonNull(to, "to");
  }

  /**
   * What the driver gets of a part.
   *
   * @param whole the sum over all workers
   * @param seconds that the task of each block spent in local steps, in order
   * @param executors where each block was trained, in order
   */
  record Answer(CodedSum whole, List<Double> seconds, List<String> executors)
      implements Serializable {
    Answer {
      requireNonNull(whole, "whole");
      seconds = List.copyOf(seconds);
      executors = List.copyOf(executors);
    }
  }

  @Override
  public Answer apply(TaskContext task, scala.collection.Iterator<BlockPart> came) {
    int number = task.partitionId();
    Part part = to.parts().get(number);
    List<RoundAnswer> trained = inOrder(JavaConverters.asJavaIterator(came));
    CodedSum whole =
        tree.total(
            List.of(blocks), trained.stream().map(RoundAnswer::sums).toList(), wire.of(part)::add);
    KeptParts.Exact now = from.exact(number);
    RoundSum sum = wire.of(part).total(whole, now.parameters());
    OuterStep outer = new OuterStep(averaging, now.velocity());
    TrainingState next =
        averaging
            .moments()
            .nextStart(
                outer.stepInPlace(new TrainingState(now.parameters(), new float[0], 0), sum.mean()),
                optimizer);
    to.keep(
        number,
        nextWire.of(part).start(next),
        new KeptParts.Exact(next.parameters(), outer.velocity()));
    return new Answer(
        whole,
        trained.stream().map(RoundAnswer::seconds).toList(),
        trained.stream().map(RoundAnswer::executor).toList());
  }

  private static List<RoundAnswer> inOrder(Iterator<BlockPart> came) {
    List<BlockPart> blocks = new ArrayList<>();
    came.forEachRemaining(blocks::add);
    blocks.sort(Comparator.comparingInt(BlockPart::block));
    return blocks.stream().map(BlockPart::answer).toList();
  }
}
