package org.shardmean.data;

import java.util.SplittableRandom;

/**
 * Seeds derived by mixing: every generator in the product starts from {@code (seed, what it is for,
 * indices)}, so that no draw depends on what ran before it, where, or when.
 *
 * <p>The mixing function is the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable
 * Pseudorandom Number Generators", OOPSLA 2014).
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  /** What a derived seed is for; two purposes never share draws. The numbers are a contract. */
  public enum Purpose {
    INITIAL_PARAMETERS(1),
    SHARDS(2),
    SHUFFLE(3),
    VALIDATION_SPLIT(4),
    GENERATED_TRAINING_IMAGE(5),
    GENERATED_TEST_IMAGE(6),
    INPUT_DROPOUT(7),
    EXPERIMENT(8),
    WIRE(9),
    NOISE(10),
    GROUPS(11);

    private final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  /** A seed that depends on every argument, and on their order. */
  public static long mix(long seed, Purpose purpose, long... indices) {
    long mixed = finish(seed + GOLDEN_GAMMA);
    mixed = finish(mixed ^ purpose.number * GOLDEN_GAMMA);
    for (long index : indices) {
      mixed = finish((mixed + GOLDEN_GAMMA) ^ finish(index + GOLDEN_GAMMA));
    }
    return mixed;
  }

  /** A generator that starts from {@link #mix}. */
  public static SplittableRandom generator(long seed, Purpose purpose, long... indices) {
    return new SplittableRandom(mix(seed, purpose, indices));
  }

  /**
   * Output {@code position}, from 0, of the generator {@code new SplittableRandom(seed)}, without
   * the outputs before it.
   */
  public static long draw(long seed, long position) {
    return finish(seed + (position + 1) * GOLDEN_GAMMA);
  }

  /** The numbers {@code 0 … count - 1} in an order drawn by Fisher and Yates' shuffle. */
  public static int[] permutation(int count, SplittableRandom generator) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = generator.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
