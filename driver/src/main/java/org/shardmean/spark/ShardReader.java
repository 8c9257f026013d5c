package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.shardmean.average.Block;
import org.shardmean.average.SumTree;
import org.shardmean.data.Examples;
import scala.collection.JavaConverters;

/**
 * Shards as a task of another job reads them: where they are kept, or made again.
 *
 * @param partitions one for each block, in order; an executor cannot ask the RDD for them
 */
record ShardReader(RDD<Examples> rdd, List<Partition> partitions, SumTree tree, List<Block> blocks)
    implements Serializable {
  ShardReader {
    requireNonNull(rdd, "rdd");
    requireNonNull(tree, "tree");
    partitions = List.copyOf(partitions);
    blocks = List.copyOf(blocks);
  }

  /** For a task: the shards of the block of this number, from 0. */
  ShardBlock block(int number, TaskContext task) {
    return new ShardBlock(
        tree,
        blocks.get(number),
        JavaConverters.asJavaIterator(rdd.iterator(partitions.get(number), task)));
  }
}
