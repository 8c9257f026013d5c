package org.shardmean.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {
  @ParameterizedTest
  @CsvSource({"0, 0 workers", "1, 1 worker", "2, 2 workers"})
  void oneIsNotMany(long count, String expected) {
    assertEquals(expected, Sentence.counted(count, "worker"));
  }

  /** A report once said "-0.00 points". */
  @ParameterizedTest
  @CsvSource({
    "-0.00001, +0.00",
    "0.00001, +0.00",
    "-0.0, +0.00",
    "-0.0157, -1.57",
    "0.0012, +0.12",
    "-0.00006, -0.01"
  })
  void aChangeOfNothingHasNoMinus(double change, String expected) {
    assertEquals(expected, Sentence.points(change));
  }
}
