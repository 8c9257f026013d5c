package org.shardmean.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.RDDBlockId;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The executors among which shards were spread. Spark makes the shards of a lost executor again
 * wherever a task slot is free first, often all on one executor; there they stay, and an executor
 * that joins later has nothing to do, because tasks go to where their shards are.
 *
 * @param executors by the addresses of their block managers
 */
record ShardPlaces(Set<String> executors) {
  ShardPlaces {
    executors = Set.copyOf(executors);
  }

  /** Those that are there now. */
  static ShardPlaces now(JavaSparkContext spark) {
    return new ShardPlaces(
        JavaConverters.setAsJavaSet(spark.sc().getExecutorMemoryStatus().keySet()));
  }

  /**
   * Whether there are other executors now, and one holds more blocks than in an even spread. For
   * the executors of the last spread the answer is always no, so that no spread is repeated for
   * nothing.
   */
  boolean areUnevenNow(JavaSparkContext spark, RDD<?> shards) {
    Set<String> now = now(spark).executors();
    int blocks = shards.getNumPartitions();
    int working = Math.max(1, now.size() - 1); // One is the driver.
    int share = (blocks + working - 1) / working;
    return !now.equals(executors)
        && blocksByExecutor(spark, shards, blocks).values().stream().anyMatch(held -> held > share);
  }

  private static Map<String, Integer> blocksByExecutor(
      JavaSparkContext spark, RDD<?> shards, int blocks) {
    List<BlockId> ids = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      ids.add(new RDDBlockId(shards.id(), block));
    }
    Map<String, Integer> held = new HashMap<>();
    for (Seq<BlockManagerId> places :
        JavaConverters.seqAsJavaList(
            spark.sc().env().blockManager().master().getLocations(ids.toArray(BlockId[]::new)))) {
      JavaConverters.seqAsJavaList(places)
          .forEach(place -> held.merge(place.executorId(), 1, Integer::sum));
    }
    return held;
  }
}
