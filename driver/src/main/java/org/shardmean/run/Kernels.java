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
    Optional<String> mixture = mixture(environment.processor());
    if (sameBits && mixture.isPresent()) {
      throw new ConfigurationException("--same-bits: " + mixture.get());
    }
    mixture.ifPresent(listener::notice);
  }
}
