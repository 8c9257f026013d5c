package org.shardmean.data;

import java.io.Serializable;
import java.util.Optional;

/**
 * A random sample of the numbers {@code 0 … count - 1} that is computed and not stored: the numbers
 * are cut into as many runs as are to be drawn, of equal length to rounding, and one is drawn from
 * each run (one unit per stratum; Cochran, "Sampling Techniques", 3rd edition, 1977, chapter 8). So
 * examples that stand in the order of their class are drawn from each class alike.
 *
 * @param count how many numbers
 * @param draws how many of them are drawn, 1 to {@code count - 1}
 */
record Strata(int count, int draws, long seed) implements Serializable {
  Strata {
    if (draws < 1 || draws >= count) {
      throw new IllegalArgumentException(
          "draws must be 1 to %d, found %d".formatted(count - 1, draws));
    }
  }

  /** Where a run begins; that of number {@code draws} is the end. */
  private int start(int run) {
    return (int) ((long) run * count / draws);
  }

  /** Which of a run's numbers is drawn, from 0. */
  private int drawnOf(int run) {
    return (int) KeyedPermutation.below(start(run + 1) - (long) start(run), Seeds.draw(seed, run));
  }

  /** The numbers that are drawn, ascending. */
  record Drawn(Strata strata) implements Selection {
    @Override
    public int count() {
      return strata.draws;
    }

    @Override
    public int at(int run) {
      return strata.start(run) + strata.drawnOf(run);
    }

    @Override
    public Optional<Selection> others() {
      return Optional.of(new Rest(strata));
    }
  }

  /** The numbers that are not drawn, ascending. */
  record Rest(Strata strata) implements Selection {
    @Override
    public int count() {
      return strata.count - strata.draws;
    }

    /** Of all runs that begin no later, the last one; before each, one number a run is missing. */
    @Override
    public int at(int i) {
      int run = (int) (((i + 1L) * strata.draws - 1) / count());
      int first = strata.start(run);
      int ofRun = i - (first - run);
      return first + ofRun + (ofRun >= strata.drawnOf(run) ? 1 : 0);
    }

    @Override
    public Optional<Selection> others() {
      return Optional.of(new Drawn(strata));
    }
  }
}
