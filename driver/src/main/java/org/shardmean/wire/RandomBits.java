package org.shardmean.wire;

/**
 * Random bits by index: no draw depends on another, so the compiler makes several at once. The
 * mixing function is "lowbias32" (Wellons, "Prospecting for Hash Functions", 2018).
 */
final class RandomBits {
  private static final int GOLDEN_GAMMA = 0x9e3779b9;

  /** The multiples, from a table: JDK 17 makes vector instructions of loads, not of a counter. */
  private static final int[] MULTIPLES = new int[Blocks.SIZE];

  static {
    for (int i = 0; i < Blocks.SIZE; i++) {
      MULTIPLES[i] = i * GOLDEN_GAMMA;
    }
  }

  private RandomBits() {}

  /** 32 bits for each number of a block, the first of which has the index {@code first}. */
  static void fill(int[] bits, int seed, int first) {
    int start = seed + first * GOLDEN_GAMMA;
    for (int i = 0; i < Blocks.SIZE; i++) {
      int x = start + MULTIPLES[i];
      x = (x ^ (x >>> 16)) * 0x7feb352d;
      x = (x ^ (x >>> 15)) * 0x846ca68b;
      bits[i] = x ^ (x >>> 16);
    }
  }
}
