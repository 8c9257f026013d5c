package org.shardmean.data;

/**
 * The numbers {@code 0 … count - 1} in an order that a key chooses, computed and not stored: any
 * place can be asked for, on any machine, in a few dozen nanoseconds.
 *
 * <p>The construction is the generalized Feistel cipher with cycle walking of Black and Rogaway,
 * "Ciphers with Arbitrary Finite Domains" (CT-RSA 2002, sections 3 and 5). A number is written as
 * {@code a * right + left}, where {@code a * b} is the least product of nearly equal factors that
 * is not below {@code count}; each round adds a function of the one half to the other, modulo
 * {@code a} and {@code b} in turn. Results past {@code count} go through the cipher again, which is
 * rare. The function of a round is SplitMix64's ({@link Seeds#draw}): good enough to deal out
 * examples, and no protection of a secret.
 *
 * <p>Immutable.
 */
public final class KeyedPermutation {
  /** Even, so that the halves end where they began. */
  private static final int ROUNDS = 6;

  /** The most numbers that there may be. */
  public static final long MOST = 1L << 62;

  private final long count;
  private final long a;
  private final long b;
  private final long[] roundKeys = new long[ROUNDS];

  /**
   * An order.
   *
   * @param count how many numbers, 1 to {@link #MOST}
   * @throws IllegalArgumentException if there are none, or too many
   */
  public KeyedPermutation(long count, long key) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count must be 1 to " + MOST + ", found " + count);
    }
    this.count = count;
    this.a = rootRoundedUp(count);
    this.b = (count + a - 1) / a;
    for (int round = 0; round < ROUNDS; round++) {
      roundKeys[round] = Seeds.draw(key, round);
    }
  }

  /** How many numbers. */
  public long count() {
    return count;
  }

  /**
   * The number at a place of the order.
   *
   * @param place 0 to {@code count - 1}
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public long at(long place) {
    if (place < 0 || place >= count) {
      throw new IndexOutOfBoundsException(
          "places are numbered 0 to " + (count - 1) + ", found " + place);
    }
    long number = encipher(place);
    while (number >= count) {
      number = encipher(number);
    }
    return number;
  }

  private long encipher(long number) {
    long left = number % a;
    long right = number / a;
    for (int round = 0; round < ROUNDS; round += 2) {
      left = added(left, round, right, a);
      right = added(right, round + 1, left, b);
    }
    return a * right + left;
  }

  /** The round's function of {@code half}, added to the other half. */
  private long added(long other, int round, long half, long modulus) {
    long sum = other + below(modulus, Seeds.draw(roundKeys[round], half));
    return sum < modulus ? sum : sum - modulus;
  }

  /** From 64 random bits a number below a modulus of at most 2 to the power of 31. */
  static long below(long modulus, long bits) {
    return ((bits >>> 32) * modulus) >>> 32;
  }

  private static long rootRoundedUp(long count) {
    long root = (long) Math.sqrt((double) count);
    while (root * root < count) {
      root++;
    }
    while ((root - 1) * (root - 1) >= count) {
      root--;
    }
    return root;
  }
}
