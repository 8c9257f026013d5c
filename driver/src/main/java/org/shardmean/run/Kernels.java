package org.shardmean.run;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * OpenBLAS chooses its kernels by the processor, and different kernels round differently: the bits
 * of a result depend on them.
 */
public final class Kernels {
  /** {@code Name (Kernel)}, several separated by semicolons. */
  private static final Pattern KERNEL = Pattern.compile("\\(([^()]*)\\)(?:;|$)");

  private Kernels() {}

  /**
   * The kernels that compute, such as {@code SkylakeX}.
   *
   * @param processor as {@link Environment#processor}
   */
  public static Set<String> in(String processor) {
    return KERNEL
        .matcher(processor)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** One line about executors that compute with different kernels; none where all are alike. */
  public static Optional<String> mixture(String processor) {
    Set<String> kernels = in(processor);
    return kernels.size() < 2
        ? Optional.empty()
        : Optional.of(
            "The executors compute with different BLAS kernels (%s), so the last bits of the result depend on which worker runs where; with OPENBLAS_CORETYPE=Haswell, or another that all processors have, in the environment of deploy/submit they are equal"
                .formatted(String.join(", ", kernels)));
  }

  /**
   * Tells of a mixture, or refuses it.
   *
   * @param sameBits whether it is refused
   * @throws ConfigurationException if it is
   */
  public static void check(Environment environment, boolean sameBits, RunListener listener) {
    mixture(environment.processor()).ifPresent(line -> tell(line, sameBits, listener));
  }

  /**
   * Tells of kernels that differ, or refuses them.
   *
   * @param line about them, for people
   * @param sameBits whether they are refused
   * @throws ConfigurationException if they are
   */
  public static void tell(String line, boolean sameBits, RunListener listener) {
    if (sameBits) {
      throw new ConfigurationException("--same-bits: " + line);
    }
    listener.notice(line);
  }
}
