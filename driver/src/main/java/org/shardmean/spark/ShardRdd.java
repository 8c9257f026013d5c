package org.shardmean.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.shardmean.data.ImageSet;
import scala.collection.Iterator;
import scala.collection.mutable.ArrayBuffer;
import scala.reflect.ClassTag;

/**
 * An RDD with one shard in each partition, and where to get it from. Spark serializes an RDD with
 * all that it was made from in every round; this one is made from nothing, and where a shard comes
 * from travels in its own task only.
 */
final class ShardRdd extends RDD<ImageSet> {
  private static final long serialVersionUID = 1L;

  private final transient List<Origin> origins;

  /**
   * The shards, none of them fetched yet.
   *
   * @param origins in order of worker
   */
  ShardRdd(SparkContext spark, List<Origin> origins) {
    super(spark, new ArrayBuffer<Dependency<?>>(), ClassTag.apply(ImageSet.class));
    this.origins = List.copyOf(origins);
  }

  /** Where an executor gets a shard from, as often as it has lost it. */
  @FunctionalInterface
  interface Origin extends Serializable {
    ImageSet shard();
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[origins.size()];
    for (int worker = 0; worker < partitions.length; worker++) {
      partitions[worker] = new ShardPartition(worker, origins.get(worker));
    }
    return partitions;
  }

  @Override
  public Iterator<ImageSet> compute(Partition partition, TaskContext task) {
    return Iterator.single(((ShardPartition) partition).origin.shard());
  }

  private static final class ShardPartition implements Partition {
    private static final long serialVersionUID = 1L;

    private final int worker;
    private final Origin origin;

    ShardPartition(int worker, Origin origin) {
      this.worker = worker;
      this.origin = origin;
    }

    @Override
    public int index() {
      return worker;
    }
  }
}
