package org.shardmean.tests.benchmark;

import java.util.stream.IntStream;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.data.Seeds;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;

/** What all engines are measured on: the lectures' network, and digits in shuffled order. */
final class BenchmarkSetting {
  static final ModelSpec SPEC = ModelSpec.parse("784-128-64-10", Activation.RELU);
  static final double RATE = 1e-3;

  /** As many as a shard of MNIST over two workers; a multiple of every batch size. */
  static final int EXAMPLES = 28_672;

  private static final long SEED = 1;

  private BenchmarkSetting() {}

  /** Drawn once: it takes longer than a run. */
  static ImageSet digits() {
    return Drawn.DIGITS;
  }

  private static final class Drawn {
    private static final ImageSet DIGITS =
        new GeneratedExamples(EXAMPLES, SEED, false).select(IntStream.range(0, EXAMPLES).toArray());
  }

  static int[] order() {
    return Seeds.permutation(EXAMPLES, Seeds.generator(SEED, Seeds.Purpose.SHUFFLE, 1, 0));
  }
}
