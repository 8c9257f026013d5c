package org.shardmean.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlasKernelTest {
  private static final String AVX512 = " avx512f avx512dq avx512cd avx512bw avx512vl";

  private static String cpuinfo(String flags) {
    return """
        processor\t: 0
        model name\t: Intel(R) Xeon(R) Processor
        flags\t\t: fpu sse sse2 fpu %s
        vmx flags\t: avx2 fma
        """
        .formatted(flags);
  }

  @Test
  void theWidestInstructionsDecide() {
    assertEquals(
        Optional.of(BlasKernel.SKYLAKEX), BlasKernel.fastest(cpuinfo("avx avx2 fma" + AVX512)));
    assertEquals(Optional.of(BlasKernel.HASWELL), BlasKernel.fastest(cpuinfo("avx avx2 fma")));
  }

  /** The first AVX-512 processors had fewer of its instructions than the kernels use. */
  @Test
  void halfAnInstructionSetIsNone() {
    assertEquals(
        Optional.of(BlasKernel.HASWELL), BlasKernel.fastest(cpuinfo("avx2 fma avx512f avx512cd")));
    assertEquals(Optional.empty(), BlasKernel.fastest(cpuinfo("avx avx2")));
  }

  @Test
  void otherProcessorsAreLeftToOpenBlas() {
    assertEquals(Optional.empty(), BlasKernel.fastest(""));
    assertEquals(
        Optional.empty(), BlasKernel.fastest("processor\t: 0\nFeatures\t: fp asimd sve2\n"));
  }
}
