package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;
import org.shardmean.data.DataException;
import org.shardmean.run.ConfigurationException;

/**
 * How reading some file ended. Whatever a file holds, it must end within a second of processor time
 * and 64 MB of memory, and a fault must be a {@link DataException} of one line, of settings a
 * {@link ConfigurationException}.
 *
 * @param read empty where the file was refused
 * @param fault the message; empty where the file was read
 */
public record Reading<T>(Optional<T> read, String fault) {
  private static final long MOST_BYTES = 64 << 20;
  private static final long MOST_NANOSECONDS = 1_000_000_000;

  /** A virtual machine's host may take the processor away meanwhile and count that time too. */
  private static final int ATTEMPTS = 3;

  private static final int LONGEST_FAULT = 3000;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads on this thread, up to three times; any other exception is passed on. */
  public static <T> Reading<T> of(Supplier<T> reader) {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long nanoseconds = THREADS.getCurrentThreadCpuTime();
      Reading<T> reading = ended(reader);
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - nanoseconds);
      bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
      assertTrue(bytes <= MOST_BYTES, "allocated " + bytes + " bytes: " + reading);
      if (least <= MOST_NANOSECONDS) {
        return reading;
      }
    }
    return fail("took at least " + least + " ns of processor time");
  }

  private static <T> Reading<T> ended(Supplier<T> reader) {
    try {
      return new Reading<>(Optional.of(reader.get()), "");
    } catch (DataException | ConfigurationException fault) {
      String message = fault.getMessage();
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.length() <= LONGEST_FAULT, message);
      assertTrue(message.chars().noneMatch(Character::isISOControl), message);
      return new Reading<>(Optional.empty(), message);
    }
  }
}
