package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.shardmean.metrics.Score;

/** The scoring of validation images as part of what another job's tasks do. */
record ScoringWork(Scoring scoring, ShardReader images) implements Serializable {
  ScoringWork {
    requireNonNull(scoring, "scoring");
    requireNonNull(images, "images");
  }

  /**
   * The share of a task, of so many, of the blocks: every block is one task's.
   *
   * @param reader the task that reads them
   */
  List<ShardBlock.Kept> share(int task, int tasks, TaskContext reader) {
    return IntStream.range(0, images.blocks().size())
        .filter(block -> block % tasks == task)
        .mapToObj(block -> images.block(block, reader).kept())
        .toList();
  }

  /** The sums of each block, in their order. */
  List<List<Score>> sums(float[] parameters, List<ShardBlock.Kept> share) {
    return scoring.with(
        parameters,
        scorer -> share.stream().map(block -> Evaluation.sums(scorer, block.again())).toList());
  }

  /**
   * The sums of all blocks, in order of block.
   *
   * @param ofTasks what {@link #sums} gave each task, in order of task
   */
  static List<List<Score>> inOrder(List<List<List<Score>>> ofTasks) {
    int tasks = ofTasks.size();
    int blocks = ofTasks.stream().mapToInt(List::size).sum();
    return IntStream.range(0, blocks)
        .mapToObj(block -> ofTasks.get(block % tasks).get(block / tasks))
        .toList();
  }
}
