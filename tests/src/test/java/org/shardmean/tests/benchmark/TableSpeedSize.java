package org.shardmean.tests.benchmark;

/**
 * How much {@code tests/table-speed} does.
 *
 * @param digits as {@link BenchmarkData#load} takes them
 * @param seeds trainings of each contender on the digits
 * @param epochs of a training on the digits or the generated table
 * @param iterations of MLlib's perceptron
 * @param rounds of XGBoost
 * @param transforms measured, and one before
 * @param copies of the digits in a transform
 * @param rows of the generated table to train on
 * @param heldOutRows of the generated table to score
 * @param smallEpochs of a training on a small table
 */
record TableSpeedSize(
    String digits,
    int seeds,
    int epochs,
    int iterations,
    int rounds,
    int transforms,
    int copies,
    int rows,
    int heldOutRows,
    int smallEpochs) {

  /** Of {@code full} or {@code quick}. */
  static TableSpeedSize of(String name) {
    return switch (name) {
      case "full" -> new TableSpeedSize("mnist", 3, 10, 100, 100, 5, 16, 2_000_000, 100_000, 200);
      case "quick" -> new TableSpeedSize("generated:3000", 1, 4, 4, 3, 1, 1, 10_000, 2000, 20);
      default ->
          throw new IllegalArgumentException(
              "size: expected full or quick, found '%s'".formatted(name));
    };
  }
}
