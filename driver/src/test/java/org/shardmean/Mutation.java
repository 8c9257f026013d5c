package org.shardmean;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One thing that may happen to a file: it says where, in shares of the file's length. */
public interface Mutation {
  /** A changed copy. */
  byte[] applyTo(byte[] file);

  /** One to three of: bits turned over, numbers overwritten, parts cut out, repeated or moved. */
  static Arbitrary<Mutation> some() {
    return one()
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            mutations ->
                file -> {
                  byte[] mutated = file;
                  for (Mutation mutation : mutations) {
                    mutated = mutation.applyTo(mutated);
                  }
                  return mutated;
                });
  }

  private static Arbitrary<Mutation> one() {
    Arbitrary<Double> share = Arbitraries.doubles().between(0, 1);
    Arbitrary<Long> number =
        Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.of(
                0L,
                -1L,
                1L << 31,
                (1L << 31) - 1,
                1L << 32,
                1L << 62,
                Long.MAX_VALUE,
                0x7fc00000L));
    return Arbitraries.oneOf(
        Combinators.combine(share, Arbitraries.integers().between(0, 7)).as(Mutation::flip),
        Combinators.combine(share, Arbitraries.bytes()).as(Mutation::put),
        Combinators.combine(share, number, Arbitraries.of(2, 4, 8)).as(Mutation::putNumber),
        share.map(Mutation::truncate),
        Combinators.combine(share, share).as(Mutation::cutOut),
        Combinators.combine(share, share, share).as(Mutation::repeat),
        Combinators.combine(share, share).as(Mutation::swapParts));
  }

  private static Mutation flip(double share, int bit) {
    return file -> {
      byte[] copy = file.clone();
      if (copy.length > 0) {
        copy[at(share, copy.length - 1)] ^= (byte) (1 << bit);
      }
      return copy;
    };
  }

  private static Mutation put(double share, byte value) {
    return file -> {
      byte[] copy = file.clone();
      if (copy.length > 0) {
        copy[at(share, copy.length - 1)] = value;
      }
      return copy;
    };
  }

  /** In the big-endian and, for odd numbers of the share, the little-endian order. */
  private static Mutation putNumber(double share, long number, int bytes) {
    return file -> {
      byte[] copy = file.clone();
      int start = at(share, Math.max(0, copy.length - bytes));
      boolean bigEndian = Double.doubleToLongBits(share) % 2 == 0;
      for (int i = 0; i < Math.min(bytes, copy.length); i++) {
        int place = bigEndian ? bytes - 1 - i : i;
        copy[start + i] = (byte) (number >>> (place * Byte.SIZE));
      }
      return copy;
    };
  }

  private static Mutation truncate(double share) {
    return file -> Arrays.copyOf(file, at(share, file.length));
  }

  private static Mutation cutOut(double from, double to) {
    return file -> {
      int start = at(Math.min(from, to), file.length);
      int end = at(Math.max(from, to), file.length);
      return join(Arrays.copyOf(file, start), Arrays.copyOfRange(file, end, file.length));
    };
  }

  private static Mutation repeat(double from, double to, double behind) {
    return file -> {
      int start = at(Math.min(from, to), file.length);
      int end = at(Math.max(from, to), file.length);
      int place = at(behind, file.length);
      return join(
          Arrays.copyOf(file, place),
          Arrays.copyOfRange(file, start, end),
          Arrays.copyOfRange(file, place, file.length));
    };
  }

  private static Mutation swapParts(double from, double to) {
    return file -> {
      int start = at(Math.min(from, to), file.length);
      int end = at(Math.max(from, to), file.length);
      return join(
          Arrays.copyOfRange(file, end, file.length),
          Arrays.copyOfRange(file, start, end),
          Arrays.copyOf(file, start));
    };
  }

  private static int at(double share, int length) {
    return (int) Math.round(share * length);
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
