package org.shardmean.spark;

import java.io.Serializable;

/**
 * What a task does with its block of shards, on an executor.
 *
 * @param <R> what it answers, which must be serializable
 */
@FunctionalInterface
public interface ShardWork<R> extends Serializable {
  /** Works on one block. */
  R on(ShardBlock block);
}
