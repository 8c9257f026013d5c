package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.Partitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.shuffle.ShuffleWriteProcessor;
import org.shardmean.average.Block;
import org.shardmean.average.SumTree;
import org.shardmean.data.Examples;
import org.shardmean.wire.Part;
import scala.Option;
import scala.Product2;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;

/**
 * A round's training, a block of workers in each partition, cut into parts of the parameters: the
 * half of a shuffle that writes. If an executor is lost, Spark trains its blocks again elsewhere.
 */
final class TrainedParts extends RDD<Product2<Integer, BlockPart>> {
  private static final long serialVersionUID = 1L;

  private final RDD<Examples> shards;
  private final SumTree tree;
  private final Block[] blocks;
  private final RoundTask task;
  private final Part[] parts;

  TrainedParts(
      RDD<Examples> shards, SumTree tree, List<Block> blocks, RoundTask task, List<Part> parts) {
    super(shards, tag(Product2.class));
    this.shards = requireNonNull(shards, "shards");
    this.tree = requireNonNull(tree, "tree");
    this.blocks = blocks.toArray(Block[]::new);
    this.task = requireNonNull(task, "task");
    this.parts = parts.toArray(Part[]::new);
  }

  /** Each part to the partition of its number. */
  ShuffleDependency<Integer, BlockPart, BlockPart> byPart() {
    return new ShuffleDependency<>(
        this,
        new ByPart(parts.length),
        new JavaSerializer(sparkContext().getConf()), // Whatever the user's own is.
        Option.empty(),
        Option.empty(),
        false,
        new ShuffleWriteProcessor(),
        tag(Integer.class),
        tag(BlockPart.class),
        tag(BlockPart.class));
  }

  @SuppressWarnings("unchecked") // A tag knows no more than the class.
  private static <T> ClassTag<T> tag(Class<?> of) {
    return (ClassTag<T>) ClassTag.apply(of);
  }

  @Override
  public Partition[] getPartitions() {
    return shards.partitions();
  }

  @Override
  public scala.collection.Iterator<Product2<Integer, BlockPart>> compute(
      Partition partition, TaskContext here) {
    int number = partition.index();
    ShardBlock block =
        new ShardBlock(
            tree, blocks[number], JavaConverters.asJavaIterator(shards.iterator(partition, here)));
    RoundAnswer answer = task.on(block);
    return JavaConverters.asScalaIterator(
        IntStream.range(0, parts.length)
            .mapToObj(part -> record(part, new BlockPart(number, answer.part(parts[part]))))
            .iterator());
  }

  private static Product2<Integer, BlockPart> record(int part, BlockPart of) {
    return new Tuple2<>(part, of);
  }

  private static final class ByPart extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int parts;

    ByPart(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }
}
