package org.shardmean.spark;

import java.io.Serializable;
import org.shardmean.data.ImageSet;

/**
 * What a task does with its shard, on an executor.
 *
 * @param <R> what it answers, which must be serializable
 */
@FunctionalInterface
public interface ShardWork<R> extends Serializable {
  /** Works on the shard of {@code worker}, from 0. */
  R on(int worker, ImageSet shard);
}
