package org.shardmean.data;

import java.time.Duration;

/**
 * How long and how much a download may take.
 *
 * @param connect until a server accepts
 * @param silence the longest wait for the next bytes of an answer
 * @param whole for one file from one server
 * @param attempts times that every server is asked for a file, at least 1
 * @param bytes the most that may arrive for one file
 */
public record DownloadLimits(
    Duration connect, Duration silence, Duration whole, int attempts, long bytes) {
  /** For MNIST's files, the largest of which is 9.9 MB as the mirrors send it. */
  public static final DownloadLimits DEFAULT =
      new DownloadLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(10), 3, 32L << 20);

  public DownloadLimits {
    requirePositive("connect", connect);
    requirePositive("silence", silence);
    requirePositive("whole", whole);
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, found " + attempts);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, found " + bytes);
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, found " + duration);
    }
  }
}
