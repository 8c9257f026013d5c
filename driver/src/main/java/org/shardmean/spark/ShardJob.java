package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.shardmean.data.ImageSet;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;

/**
 * One Spark job with a task for each shard. It is given to Spark as it is: a {@code map} and a
 * {@code collect} would make an RDD and read two closures' class files in every round, which takes
 * longer than the job itself takes to start.
 *
 * @param <R> what a task answers
 */
final class ShardJob<R> extends AbstractFunction2<TaskContext, Iterator<ImageSet>, R>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ShardWork<R> work;

  private ShardJob(ShardWork<R> work) {
    this.work = requireNonNull(work, "work");
  }

  /**
   * Does the work on every shard.
   *
   * @param shards one partition for each worker, holding one shard
   * @return the answers, in order of worker
   */
  static <R> List<R> run(JavaSparkContext spark, RDD<ImageSet> shards, ShardWork<R> work) {
    Object answers = spark.sc().runJob(shards, new ShardJob<>(work), anyClass());
    return inOrder(answers);
  }

  @Override
  public R apply(TaskContext task, Iterator<ImageSet> shard) {
    return work.on(task.partitionId(), shard.next());
  }

  private static <R> ClassTag<R> anyClass() {
    return ClassTag.apply(Object.class);
  }

  @SuppressWarnings("unchecked") // Scala's Array[R] is an Object[] under the tag of Object.
  private static <R> List<R> inOrder(Object answers) {
    return Arrays.asList((R[]) answers);
  }
}
