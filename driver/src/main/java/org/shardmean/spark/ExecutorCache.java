package org.shardmean.spark;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/**
 * What an executor keeps between tasks, because making it costs more than a round: engines with
 * their buffers. Nothing a result depends on is ever kept here; a cache that is empty, or another
 * executor's, gives the same bits.
 *
 * <p>A task borrows one and gives it back, so no two tasks ever share one. Those of the kinds used
 * longest ago are closed when there are more than {@value #KINDS}. All are closed when a context
 * stops whose tasks ran in this JVM; an executor's JVM ends with its context.
 */
final class ExecutorCache {
  private static final int KINDS = 4;
  private static final Shared SHARED = new Shared();
  private static final Map<Object, Deque<AutoCloseable>> IDLE =
      new LinkedHashMap<>(16, 0.75f, true);

  /** The context at whose end everything idle is closed. */
  private static SparkContext watched;

  private ExecutorCache() {}

  /** A piece of work with something borrowed. */
  interface Work<T, R> {
    R with(T item);
  }

  /**
   * Works with something of the given kind that no other task uses meanwhile, made if there is
   * none. It goes back for the next task; after work that fails it is closed instead.
   */
  static <T extends AutoCloseable, R> R use(Object kind, Supplier<T> maker, Work<T, R> work) {
    T item = borrow(kind, maker);
    R result;
    try {
      result = work.with(item);
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      try {
        item.close();
      } catch (Exception second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    giveBack(kind, item);
    return result;
  }

  /**
   * Something that all tasks of an executor read, made by the first of them that asks while the
   * others wait. It is kept for as long as one of them holds it.
   *
   * @param key that tells it from what was shared before
   */
  @SuppressWarnings("unchecked") // Under a key there is only what that key's maker made.
  static <T> T share(Object key, Supplier<T> maker) {
    synchronized (SHARED) {
      T value = key.equals(SHARED.key) ? (T) SHARED.value.get() : null;
      if (value == null) {
        value = maker.get();
        SHARED.key = key;
        SHARED.value = new WeakReference<>(value);
      }
      return value;
    }
  }

  /** What tasks shared last. */
  private static final class Shared {
    private Object key = "nothing";
    private WeakReference<Object> value = new WeakReference<>(null);
  }

  /** Where this task runs. */
  static String executor() {
    TaskContext task = TaskContext.get();
    return task == null ? "driver" : SparkEnv.get().executorId();
  }

  /**
   * Closes everything that is idle when {@code spark} stops, if its tasks run in this JVM, which
   * may go on without it.
   */
  static void clearAtTheEndOf(JavaSparkContext spark) {
    synchronized (IDLE) {
      if (!spark.isLocal() || watched == spark.sc()) {
        return;
      }
      watched = spark.sc();
    }
    spark
        .sc()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onApplicationEnd(SparkListenerApplicationEnd end) {
                clear();
              }
            });
  }

  private static void clear() {
    List<AutoCloseable> dropped = new ArrayList<>();
    synchronized (IDLE) {
      IDLE.values().forEach(dropped::addAll);
      IDLE.clear();
      watched = null;
    }
    synchronized (SHARED) { // Another context numbers its RDDs from the start.
      SHARED.key = "nothing";
      SHARED.value = new WeakReference<>(null);
    }
    dropped.forEach(ExecutorCache::close);
  }

  /** How many items are idle. */
  static int idle() {
    synchronized (IDLE) {
      return IDLE.values().stream().mapToInt(Deque::size).sum();
    }
  }

  @SuppressWarnings("unchecked") // Under a kind there is only what that kind's maker made.
  private static <T extends AutoCloseable> T borrow(Object kind, Supplier<T> maker) {
    synchronized (IDLE) {
      Deque<AutoCloseable> idle = IDLE.get(kind);
      if (idle != null && !idle.isEmpty()) {
        return (T) idle.pop();
      }
    }
    return maker.get();
  }

  private static void giveBack(Object kind, AutoCloseable item) {
    Deque<AutoCloseable> dropped = new ArrayDeque<>();
    synchronized (IDLE) {
      IDLE.computeIfAbsent(kind, none -> new ArrayDeque<>()).push(item);
      if (IDLE.size() > KINDS) {
        var eldest = IDLE.entrySet().iterator();
        dropped.addAll(eldest.next().getValue());
        eldest.remove();
      }
    }
    dropped.forEach(ExecutorCache::close);
  }

  private static void close(AutoCloseable item) {
    try {
      item.close();
    } catch (Exception e) {
      throw new IllegalStateException("an engine could not be closed", e);
    }
  }
}
