package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Product2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.mutable.ArrayBuffer;
import scala.reflect.ClassTag;

/**
 * A round's sums, a part of the parameters in each partition: the half of a shuffle that reads. The
 * blocks of a part come in any order.
 */
final class SummedParts extends RDD<BlockPart> {
  private static final long serialVersionUID = 1L;

  private final ShuffleDependency<Integer, BlockPart, BlockPart> trained;
  private final transient List<String> places;

  /**
   * The sums, none of them computed yet.
   *
   * @param places where parts should be added up, as Spark writes an executor; part by part in
   *     turn; empty for anywhere
   */
  SummedParts(ShuffleDependency<Integer, BlockPart, BlockPart> trained, List<String> places) {
    super(trained.rdd().sparkContext(), dependency(trained), ClassTag.apply(BlockPart.class));
    this.trained = requireNonNull(trained, "trained");
    this.places = List.copyOf(places);
  }

  private static ArrayBuffer<Dependency<?>> dependency(Dependency<?> trained) {
    ArrayBuffer<Dependency<?>> dependencies = new ArrayBuffer<>();
    dependencies.$plus$eq(trained);
    return dependencies;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[trained.partitioner().numPartitions()];
    for (int part = 0; part < partitions.length; part++) {
      partitions[part] = new PartPartition(part);
    }
    return partitions;
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    List<String> place =
        places.isEmpty() ? List.of() : List.of(places.get(partition.index() % places.size()));
    return JavaConverters.asScalaBuffer(new ArrayList<>(place)).toSeq();
  }

  @Override
  public scala.collection.Iterator<BlockPart> compute(Partition partition, TaskContext task) {
    int part = partition.index();
    List<BlockPart> blocks = new ArrayList<>();
    JavaConverters.asJavaIterator(
            SparkEnv.get()
                .shuffleManager()
                .<Integer, BlockPart>getReader(
                    trained.shuffleHandle(),
                    part,
                    part + 1,
                    task,
                    task.taskMetrics().createTempShuffleReadMetrics())
                .read())
        .forEachRemaining(read -> blocks.add(((Product2<?, BlockPart>) read)._2()));
    return JavaConverters.asScalaIterator(blocks.iterator());
  }

  private record PartPartition(int index) implements Partition {
    private static final long serialVersionUID = 1L;

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof PartPartition part && part.index == index;
    }
  }
}
