package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;
import org.shardmean.average.Block;
import org.shardmean.average.SumTree;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.Examples;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;

/**
 * Examples divided into numbered shards, and the shards into blocks, one for each task: an RDD with
 * a block in each partition. What a shard holds depends on the source and the rule alone; how the
 * shards are cut into blocks depends on the task slots, and no result does.
 *
 * <p>Images in memory go out as one broadcast for each block, so that an executor fetches only what
 * it works on, and fetches it again should it have lost it. Where executors make or read the images
 * themselves, what makes them goes out as one broadcast. So a task stays small, whatever the
 * source.
 */
public final class Shards implements AutoCloseable {
  /** So many times as much memory as shards need holds them without a doubt. */
  private static final int PLENTY = 2;

  private final JavaSparkContext spark;
  private final SumTree tree;
  private final List<Block> blocks;
  private final List<Broadcast<?>> sent = new ArrayList<>();
  private final RDD<Examples> rdd;

  /** What all shards together need at most. */
  private final long mostBytes;

  /** Where the shards were made and kept; empty before. */
  private Optional<ShardPlaces> places = Optional.empty();

  /**
   * Divides {@code source}. Nothing is made before the first job on it, or {@link #keep}; whichever
   * task makes a shard keeps it on its executor, in memory, and what does not fit there on disk.
   *
   * @param name of the examples, for Spark's storage page
   * @param slots tasks that can run at once
   * @throws IllegalArgumentException if there are more shards than examples
   */
  public Shards(
      JavaSparkContext spark, String name, ExampleSource source, Dealing dealing, int slots) {
    this.spark = requireNonNull(spark, "spark");
    this.tree = new SumTree(dealing.shards());
    this.blocks = Block.cut(dealing.shards(), slots);
    this.mostBytes = source.mostBytes();
    ExecutorCache.clearAtTheEndOf(spark);
    try {
      this.rdd = new ShardRdd(spark.sc(), origins(source, dealing)).setName(name);
      rdd.persist(StorageLevel.MEMORY_AND_DISK());
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      release();
      throw e;
    }
  }

  /** How many shards. */
  public int count() {
    return tree.leaves();
  }

  /** A partition for each block. */
  RDD<Examples> rdd() {
    return rdd;
  }

  /** Along which sums over all shards are added up. */
  SumTree tree() {
    return tree;
  }

  /** Which shards each task works on, in order. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The numbers of all other blocks. */
  List<Integer> without(Set<Integer> numbers) {
    return IntStream.range(0, blocks.size())
        .boxed()
        .filter(block -> !numbers.contains(block))
        .toList();
  }

  /** For tasks of another job. */
  ShardReader reader() {
    return new ShardReader(rdd, Arrays.asList(rdd.partitions()), tree, blocks);
  }

  /** Works on every block, each in a task; the answers are in order of block. */
  public <R> List<R> inBlocks(ShardWork<R> work) {
    return inBlocks(work, IntStream.range(0, blocks.size()).boxed().toList());
  }

  /** Works on some blocks, each in a task; the answers are in the order of {@code numbers}. */
  <R> List<R> inBlocks(ShardWork<R> work, List<Integer> numbers) {
    ClassTag<R> anyClass = ClassTag.apply(Object.class);
    Seq<Object> partitions = JavaConverters.asScalaBuffer(new ArrayList<Object>(numbers)).toSeq();
    return inOrder(spark.sc().runJob(rdd, new Job<>(tree, blocks, work), partitions, anyClass));
  }

  /**
   * Adds up what the tasks added up as far as they could, see {@link ShardBlock#partialSums}.
   *
   * @param partialSums in order of block
   * @return the sum over all shards, with the same bits however the blocks were cut
   */
  public <T> T total(List<List<T>> partialSums, BinaryOperator<T> plus) {
    return tree.total(blocks, partialSums, plus);
  }

  /** Makes every shard now, by a job. If that fails, nothing is kept. */
  public void keep() {
    try {
      inBlocks(block -> block.partialSums((number, shard) -> shard.count(), Integer::sum));
      haveBeenMade();
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      close();
      throw e;
    }
  }

  /** Takes note that tasks of another job have made every shard. */
  void haveBeenMade() {
    places = Optional.of(ShardPlaces.now(spark));
    sent.forEach(broadcast -> broadcast.unpersist()); // The executors have the shards themselves.
  }

  /** Whether all shards are in the executors' memory, or will be, without a doubt. */
  boolean areInMemory() {
    return places.isPresent()
        ? bytesOnDisk() == 0
        : mostBytes <= Cluster.freeMemory(spark) / PLENTY;
  }

  /** What a task's share of them needs at most, where so many tasks share them. */
  long mostBytesOfATask(int tasks) {
    return PLENTY * (mostBytes / tasks + 1);
  }

  /** Bytes of the kept shards that did not fit in the executors' memory and are read from disk. */
  public long bytesOnDisk() {
    return Arrays.stream(spark.sc().getRDDStorageInfo())
        .filter(info -> info.id() == rdd.id())
        .mapToLong(RDDInfo::diskSize)
        .sum();
  }

  /**
   * Whether executors came or went since the shards were made, and some now hold more than their
   * share.
   */
  public boolean areUneven() {
    return places.isPresent() && places.get().areUnevenNow(spark, rdd);
  }

  /** Gives back the memory, on the executors and here. A second call does nothing. */
  @Override
  public void close() {
    rdd.unpersist(false);
    release();
  }

  private void release() {
    sent.forEach(broadcast -> broadcast.destroy());
    sent.clear();
  }

  /** Where each block comes from. */
  private List<ShardRdd.Origin> origins(ExampleSource source, Dealing dealing) {
    if (source.isMadeOnDemand()) {
      Broadcast<ExampleSource> maker = send(source);
      return blocks.stream().map(block -> made(maker, dealing, block)).toList();
    }
    IntFunction<int[]> examples = dealing.of(source);
    return blocks.stream().map(block -> sent(source, examples, block)).toList();
  }

  private ShardRdd.Origin sent(ExampleSource source, IntFunction<int[]> examples, Block block) {
    Broadcast<Examples[]> shards =
        send(numbers(examples, block).map(source::select).toArray(Examples[]::new));
    return () -> Arrays.asList(shards.value()).iterator();
  }

  private static ShardRdd.Origin made(
      Broadcast<ExampleSource> maker, Dealing dealing, Block block) {
    return () -> {
      ExampleSource source = maker.value();
      return source.selectEach(numbers(dealing.of(source), block).iterator());
    };
  }

  private <T> Broadcast<T> send(T value) {
    Broadcast<T> broadcast = spark.broadcast(value);
    sent.add(broadcast);
    return broadcast;
  }

  /** The numbers of the examples in each shard of a block, each worked out when it is asked for. */
  private static Stream<int[]> numbers(IntFunction<int[]> examples, Block block) {
    return IntStream.range(block.first(), block.end()).mapToObj(examples);
  }

  @SuppressWarnings("unchecked") // Scala's Array[R] is an Object[] under the tag of Object.
  private static <R> List<R> inOrder(Object answers) {
    return Arrays.asList((R[]) answers);
  }

  /**
   * One Spark job with a task for each block. It is given to Spark as it is: a {@code map} and a
   * {@code collect} would make an RDD and read two closures' class files in every round, which
   * takes longer than the job itself takes to start.
   */
  private static final class Job<R>
      extends AbstractFunction2<TaskContext, scala.collection.Iterator<Examples>, R>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SumTree tree;
    private final Block[] blocks;
    private final ShardWork<R> work;

    Job(SumTree tree, List<Block> blocks, ShardWork<R> work) {
      this.tree = tree;
      this.blocks = blocks.toArray(Block[]::new);
      this.work = requireNonNull(work, "work");
    }

    @Override
    public R apply(TaskContext task, scala.collection.Iterator<Examples> shards) {
      Block block = blocks[task.partitionId()];
      return work.on(new ShardBlock(tree, block, JavaConverters.asJavaIterator(shards)));
    }
  }
}
