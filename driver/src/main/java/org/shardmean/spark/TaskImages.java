package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

/**
 * The images that a task works on for as long as it stays.
 *
 * @param training its block
 * @param validation its share of the blocks to score
 */
record TaskImages(ShardBlock.Kept training, List<ShardBlock.Kept> validation) {
  TaskImages {
    requireNonNull(training, "training");
    validation = List.copyOf(validation);
  }

  /**
   * Those of other tasks: second copies, read in the background, and those of lost tasks whose work
   * this one has taken over. Used by the task's own thread.
   */
  static final class OfOthers {
    private final IntFunction<TaskImages> reader;
    private final Map<Integer, FutureTask<TaskImages>> images = new HashMap<>();

    /**
     * None yet.
     *
     * @param reader reads those of a task, by the number of its block; called in any thread
     */
    OfOthers(IntFunction<TaskImages> reader) {
      this.reader = requireNonNull(reader, "reader");
    }

    /** Begins to read those of {@code block} while the task goes on. */
    void copy(int block) {
      Thread thread = new Thread(reading(block), "second copy of block " + block);
      thread.setDaemon(true);
      thread.start();
    }

    /**
     * Those of {@code block}: a copy, if there is one, or read now; held from now on.
     *
     * @throws IllegalStateException if this thread is interrupted
     */
    TaskImages of(int block) {
      FutureTask<TaskImages> copy = reading(block);
      copy.run(); // Does nothing where it was read, or is being read.
      try {
        return copy.get();
      } catch (ExecutionException e) { // What failed in the background may go well now.
        TaskImages again = reader.apply(block);
        FutureTask<TaskImages> done = new FutureTask<>(() -> again);
        done.run();
        images.put(block, done);
        return again;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while it read block " + block, e);
      }
    }

    private FutureTask<TaskImages> reading(int block) {
      return images.computeIfAbsent(block, number -> new FutureTask<>(() -> reader.apply(number)));
    }
  }
}
