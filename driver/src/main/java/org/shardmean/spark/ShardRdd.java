package org.shardmean.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.shardmean.data.Examples;
import scala.collection.JavaConverters;
import scala.collection.mutable.ArrayBuffer;
import scala.reflect.ClassTag;

/**
 * An RDD with a block of shards in each partition, and where to get them from. Spark serializes an
 * RDD with all that it was made from in every round; this one is made from nothing, and where a
 * block comes from travels in its own task, and once in those that may take over another's work.
 */
final class ShardRdd extends RDD<Examples> {
  private static final long serialVersionUID = 1L;

  private final transient List<Origin> origins;

  /**
   * The shards, none of them fetched yet.
   *
   * @param origins in order of block
   */
  ShardRdd(SparkContext spark, List<Origin> origins) {
    super(spark, new ArrayBuffer<Dependency<?>>(), ClassTag.apply(Examples.class));
    this.origins = List.copyOf(origins);
  }

  /** Where an executor gets a block of shards from, as often as it has lost it. */
  @FunctionalInterface
  interface Origin extends Serializable {
    /** In order, one after another. */
    Iterator<Examples> shards();
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[origins.size()];
    for (int block = 0; block < partitions.length; block++) {
      partitions[block] = new BlockPartition(block, origins.get(block));
    }
    return partitions;
  }

  @Override
  public scala.collection.Iterator<Examples> compute(Partition partition, TaskContext task) {
    return JavaConverters.asScalaIterator(((BlockPartition) partition).origin.shards());
  }

  private static final class BlockPartition implements Partition {
    private static final long serialVersionUID = 1L;

    private final int block;
    private final Origin origin;

    BlockPartition(int block, Origin origin) {
      this.block = block;
      this.origin = origin;
    }

    @Override
    public int index() {
      return block;
    }
  }
}
