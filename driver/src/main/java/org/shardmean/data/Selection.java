package org.shardmean.data;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Optional;

/** Which of a source's examples, in which order. */
sealed interface Selection extends Serializable
    permits Selection.Listed, Strata.Rest, Strata.Drawn {
  /** How many. */
  int count();

  /** The number in the source of example {@code i}, {@code 0 … count - 1}. */
  int at(int i);

  /** All that are not selected, where that is known without looking. */
  default Optional<Selection> others() {
    return Optional.empty();
  }

  /** All numbers, in order; a copy. */
  default int[] toArray() {
    int[] all = new int[count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = at(i);
    }
    return all;
  }

  /** Numbers in a list. */
  final class Listed implements Selection {
    private static final long serialVersionUID = 1L;

    private final int[] numbers;

    /**
     * The numbers as they stand.
     *
     * @param numbers copied
     * @throws IllegalArgumentException if one is not of {@code 0 … of - 1}, or there twice
     */
    Listed(int[] numbers, int of) {
      this.numbers = numbers.clone();
      requireEachOnce(this.numbers, of);
    }

    @Override
    public int count() {
      return numbers.length;
    }

    @Override
    public int at(int i) {
      return numbers[i];
    }

    private static void requireEachOnce(int[] indices, int count) {
      BitSet seen = new BitSet(count);
      for (int index : indices) {
        if (index < 0 || index >= count) {
          throw new IllegalArgumentException(
              "index must be 0 to %d, found %d".formatted(count - 1, index));
        }
        if (seen.get(index)) {
          throw new IllegalArgumentException("index " + index + " is there twice");
        }
        seen.set(index);
      }
    }
  }
}
