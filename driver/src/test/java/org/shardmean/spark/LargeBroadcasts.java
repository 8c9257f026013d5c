package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockStatus;
import scala.Option;
import scala.runtime.AbstractFunction1;

/** Counts what the broadcasts of this JVM hold, to see whether they were released. */
final class LargeBroadcasts {
  /** More than Spark's own broadcast of a round's job, which it releases when it likes. */
  private static final long LARGE = 40_000;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private LargeBroadcasts() {}

  /** Blocks of broadcasts that hold states or shards. */
  static int count() {
    return SparkEnv.get().blockManager().getMatchingBlockIds(new IsLargeBroadcast()).size();
  }

  /** Waits until there are so many, because Spark releases blocks in the background. */
  static void awaitCount(int expected) {
    long began = System.nanoTime();
    while (count() != expected && System.nanoTime() - began < PATIENCE_NANOS) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    assertEquals(expected, count(), "large blocks of broadcasts");
  }

  private static final class IsLargeBroadcast extends AbstractFunction1<BlockId, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Object apply(BlockId id) {
      BlockManager blocks = SparkEnv.get().blockManager();
      Option<BlockStatus> status = id.isBroadcast() ? blocks.getStatus(id) : Option.empty();
      return status.isDefined() && status.get().memSize() >= LARGE;
    }
  }
}
