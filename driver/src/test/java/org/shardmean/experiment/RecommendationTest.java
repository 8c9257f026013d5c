package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.experiment.SampleGrids.ENGLISH;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.Recommendation.Conclusion;
import org.shardmean.experiment.Recommendation.Option;

class RecommendationTest {
  private static final double[] NO_TARGET = {};
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** It used to say that more did not pay, beside a curve that rose eightfold. */
  @Test
  void speedCountsWhereNoSetupReachesTheTarget() {
    List<Option> options = new ArrayList<>();
    for (int workers : new int[] {1, 2, 4, 8}) {
      options.add(
          new Option(
              "",
              workers,
              8,
              seconds(NEVER, NEVER, NEVER),
              seconds(80.0 / workers, 81.0 / workers, 82.0 / workers),
              seconds(0.9, 0.91, 0.9)));
    }
    Recommendation found = Recommendation.of(options, Across.WORKERS);

    assertEquals(Conclusion.MORE_ARE_FASTER, found.conclusion());
    assertEquals(8, found.choice().orElseThrow().count());
    assertTrue(
        found
            .sentence(ENGLISH)
            .startsWith("Use 8 workers: it trains 8.00 times as fast as with 1 worker"),
        found.sentence(ENGLISH));
  }

  /** Two grids of one commit gave "1 worker" and "2 workers: 1.2x", both without doubt. */
  @Test
  void twoSeedsThatScatterTellNothing() {
    Recommendation found =
        Recommendation.of(
            List.of(
                option(1, seconds(2.0, 2.9), seconds(0.986, 0.9858)),
                option(2, seconds(1.8, 2.4), seconds(0.9745, 0.9755))),
            Across.WORKERS);

    assertEquals(Conclusion.CANNOT_TELL, found.conclusion());
    assertTrue(found.choice().isEmpty());
    assertTrue(
        found.sentence(ENGLISH).contains("cannot be told with 2 runs each"),
        found.sentence(ENGLISH));
    assertTrue(
        found.sentence(ENGLISH).contains("97.50% instead of 98.59%; a change of -1.09 points"),
        found.sentence(ENGLISH));
  }

  @Test
  void oneSeedTellsNothingAndSaysThatThereIsNoRange() {
    Recommendation found =
        Recommendation.of(
            List.of(option(1, seconds(9), seconds(0.98)), option(2, seconds(3), seconds(0.98))),
            Across.WORKERS);

    assertEquals(Conclusion.CANNOT_TELL, found.conclusion());
    assertTrue(
        found.sentence(ENGLISH).contains("no range, with one run each"), found.sentence(ENGLISH));
    assertTrue(found.sentence(ENGLISH).contains(" The accuracy at the end is the same, 98.00%."));
    assertFalse(
        found.sentence(ENGLISH).contains("Infinity") || found.sentence(ENGLISH).contains("NaN"));
  }

  @Test
  void theFewestWorkersAreKeptWhereMoreAreNotFaster() {
    Recommendation found =
        Recommendation.of(
            List.of(
                option(1, seconds(2.0, 2.02, 2.01), seconds(0.98, 0.981, 0.98)),
                option(2, seconds(3.0, 3.02, 3.01), seconds(0.98, 0.981, 0.98)),
                option(4, seconds(2.5, 2.52, 2.51), seconds(0.98, 0.981, 0.98))),
            Across.WORKERS);

    assertEquals(Conclusion.MORE_ARE_NOT_FASTER, found.conclusion());
    assertEquals(1, found.choice().orElseThrow().count());
    assertTrue(
        found.sentence(ENGLISH).contains("The best of more is 4 workers"), found.sentence(ENGLISH));
    assertTrue(
        found.sentence(ENGLISH).contains("training takes 1.25 times as long as with 1 worker ("),
        found.sentence(ENGLISH));
    assertTrue(found.sentence(ENGLISH).contains("+0.00 points"), found.sentence(ENGLISH));
  }

  /** Eight take as long as four, so four are enough. */
  @Test
  void noMoreWorkersThanAreWorthIt() {
    Recommendation found =
        Recommendation.of(
            List.of(
                option(1, seconds(8, 8.1, 8.2), seconds(0.98, 0.98, 0.98)),
                option(4, seconds(2.03, 2.05, 2.04), seconds(0.98, 0.98, 0.98)),
                option(8, seconds(2.0, 2.02, 2.01), seconds(0.98, 0.98, 0.98))),
            Across.WORKERS);

    assertEquals(4, found.choice().orElseThrow().count());
  }

  @Test
  void theTimeToTheTargetCountsWhereThereIsOne() {
    Option one = new Option("", 1, 2, seconds(2, 2.1, 2.05), seconds(9, 9, 9), same(0.98));
    Option two = new Option("", 2, 2, seconds(6, 6.1, 6.05), seconds(5, 5, 5), same(0.975));
    Option four = new Option("", 4, 2, seconds(1, NEVER, 1), seconds(3, 3, 3), same(0.97));

    Recommendation found = Recommendation.of(List.of(one, two, four), Across.WORKERS);

    assertEquals(1, found.choice().orElseThrow().count());
    assertTrue(
        found.sentence(ENGLISH).contains("reaching the target accuracy takes 2.95 times as long"),
        found.sentence(ENGLISH));
    assertTrue(found.sentence(ENGLISH).contains("One setup is left out"), found.sentence(ENGLISH));
  }

  @Test
  void onlyOneCountReachesTheTarget() {
    Option one = new Option("", 1, 2, seconds(2, 2.1), seconds(9, 9), seconds(0.98, 0.98));
    Option two = new Option("", 2, 2, seconds(NEVER, 3), seconds(5, 5), seconds(0.9, 0.98));

    Recommendation found = Recommendation.of(List.of(one, two), Across.WORKERS);

    assertEquals(Conclusion.NOTHING_TO_COMPARE, found.conclusion());
    assertEquals(
        "Only setups with 1 worker reached the target accuracy in every run.",
        found.sentence(ENGLISH));
  }

  @Test
  void coresCostMoreThanTheTimeTells() {
    Recommendation found =
        Recommendation.of(
            List.of(
                new Option("", 1, 1, NO_TARGET, seconds(8, 8.1, 8.2), same(0.98)),
                new Option("", 4, 4, NO_TARGET, seconds(4, 4.05, 4.1), same(0.98))),
            Across.CORES);

    assertTrue(found.sentence(ENGLISH).startsWith("Use 4 cores"), found.sentence(ENGLISH));
    assertTrue(
        found.sentence(ENGLISH).contains("2.00 times as many core-seconds"),
        found.sentence(ENGLISH));
  }

  @Test
  void namesTellSetupsApart() {
    Recommendation found =
        Recommendation.of(
            List.of(
                new Option("batch-size 32", 1, 8, NO_TARGET, seconds(9, 9.1), same2(0.98)),
                new Option("batch-size 64", 1, 8, NO_TARGET, seconds(6, 6.1), same2(0.98)),
                new Option("batch-size 64", 8, 8, NO_TARGET, seconds(1, 1.02), same2(0.98))),
            Across.WORKERS);

    assertTrue(
        found.sentence(ENGLISH).contains("8 workers (batch-size 64): it trains 5.99"),
        found.sentence(ENGLISH));
    assertTrue(
        found.sentence(ENGLISH).contains("as with 1 worker (batch-size 64)"),
        found.sentence(ENGLISH));
  }

  @Test
  void nothingToCompareIsSaid() {
    assertEquals(
        "No run ended, so there is nothing to recommend.",
        Recommendation.of(List.of(), Across.WORKERS).sentence(ENGLISH));
    assertEquals(
        "All setups have 2 workers, so more and fewer cannot be compared.",
        Recommendation.of(List.of(option(2, seconds(1, 2), same2(0.9))), Across.WORKERS)
            .sentence(ENGLISH));
  }

  /** Equal setups, over many grids of two seeds: it is hardly ever sure of a difference. */
  @Test
  void aDifferenceThatIsNoneIsSeldomClaimed() {
    SplittableRandom random = new SplittableRandom(8);
    int claimed = 0;
    for (int grid = 0; grid < 1000; grid++) {
      List<Option> options = new ArrayList<>();
      for (int workers : new int[] {1, 2, 4}) {
        double[] seconds = new double[2];
        for (int seed = 0; seed < 2; seed++) {
          seconds[seed] = Math.exp(0.2 * random.nextGaussian());
        }
        options.add(option(workers, seconds, same2(0.98)));
      }
      claimed +=
          Recommendation.of(options, Across.WORKERS).conclusion() == Conclusion.MORE_ARE_FASTER
              ? 1
              : 0;
    }
    assertTrue(claimed <= 50, claimed + " of 1000");
  }

  private static Option option(int workers, double[] seconds, double[] accuracy) {
    return new Option("", workers, 8, NO_TARGET, seconds, accuracy);
  }

  private static double[] seconds(double... values) {
    return values;
  }

  private static double[] same(double value) {
    return new double[] {value, value, value};
  }

  private static double[] same2(double value) {
    return new double[] {value, value};
  }
}
