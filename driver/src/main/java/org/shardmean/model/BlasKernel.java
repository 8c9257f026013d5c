package org.shardmean.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Which of OpenBLAS' kernels suits an x86-64 processor.
 *
 * <p>OpenBLAS 0.3.19 goes by the processor's model number, and on one that is newer than itself it
 * falls back to its SSE3 kernels: on an Emerald Rapids Xeon 28 GFLOP/s where its AVX-512 kernels
 * give 130. What the processor can do, its feature flags say for every model there will be.
 */
enum BlasKernel {
  /** AVX-512, as OpenBLAS was built for it. */
  SKYLAKEX("SkylakeX", "avx512f avx512cd avx512dq avx512bw avx512vl"),
  /** AVX2 with fused multiply-add. */
  HASWELL("Haswell", "avx2 fma");

  private final String coreType;
  private final String flags;

  BlasKernel(String coreType, String flags) {
    this.coreType = coreType;
    this.flags = flags;
  }

  /** The kernel's name as the variable OPENBLAS_CORETYPE takes it. */
  String coreType() {
    return coreType;
  }

  /**
   * The fastest kernel that the processor can run, or none where OpenBLAS should choose by itself.
   *
   * @param cpuinfo the text of Linux' {@code /proc/cpuinfo}
   */
  static Optional<BlasKernel> fastest(String cpuinfo) {
    Set<String> known =
        cpuinfo
            .lines()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> words(line.substring(line.indexOf(':') + 1)))
            .orElse(Set.of());
    return Arrays.stream(values())
        .filter(kernel -> known.containsAll(words(kernel.flags)))
        .findFirst();
  }

  private static Set<String> words(String text) {
    return Set.copyOf(Arrays.asList(text.trim().split("\\s+")));
  }
}
