package org.shardmean.data;

/**
 * The ways in which people write the ten digits. Where one way is listed twice or more, it is that
 * much more common.
 */
final class DigitShapes {
  private static final DigitShape[] ZERO = {
    // round, closed
    DigitShape.of(
        "52,2 25,12 10,48 22,88 50,98 78,86 90,48 76,12 48,3",
        "62,6 40,3 24,45 32,92 52,98 70,88 76,50 68,15 40,1"),
    // begun at the right, its end running past its beginning
    DigitShape.of(
        "72,14 46,2 18,25 12,62 30,95 58,96 84,70 86,30 66,6 36,16",
        "60,10 42,1 24,28 24,66 38,96 56,97 74,70 76,32 64,12 58,2"),
  };

  private static final DigitShape STROKE = DigitShape.of("53,0 50,50 50,100", "48,0 51,50 47,100");

  private static final DigitShape FLAGGED =
      DigitShape.of("22,27 40,14 54,0! 53,50 52,100", "40,12 46,8 52,0! 51,50 49,100");

  private static final DigitShape[] ONE = {
    STROKE,
    STROKE,
    STROKE,
    STROKE,
    FLAGGED,
    FLAGGED,
    // with a flag and a foot
    DigitShape.of(
        "26,22 42,13 54,0! 53,50 52,98 / 26,98 52,99 80,98",
        "38,14 46,8 52,0! 50,50 49,97 / 32,100 52,98 70,97"),
  };

  private static final DigitShape[] TWO = {
    // with a pointed heel
    DigitShape.of(
        "12,25 28,5 55,0 80,14 80,38 58,66 10,98! 50,97 92,96",
        "16,18 32,4 54,1 72,15 68,42 44,70 12,94! 46,95 90,100"),
    DigitShape.of(
        "10,22 34,3 68,6 78,28 56,62 14,96! 36,86 62,97 94,88",
        "22,12 42,2 66,10 70,30 52,62 22,92! 42,90 62,94 84,96"),
    // with a looped heel
    DigitShape.of(
        "14,22 32,4 60,2 78,20 70,48 44,76 20,94 8,88 16,76 38,82 62,96 92,92",
        "20,15 42,0 68,6 76,28 62,58 36,86 14,98 2,86 14,70 40,79 66,97 98,84"),
  };

  private static final DigitShape[] THREE = {
    DigitShape.of(
        "14,12 42,0 74,12 70,36 40,46! 74,54 84,78 56,98 12,90",
        "20,18 46,1 68,14 60,38 36,49! 64,54 76,74 50,99 16,84"),
    // with a small loop in the middle
    DigitShape.of(
        "14,14 44,0 72,14 64,36 42,50 33,45 44,42 74,56 82,78 52,98 12,88",
        "22,8 48,1 66,16 60,38 46,48 40,46 48,43 66,56 70,80 46,98 18,94"),
    // with a flat top
    DigitShape.of(
        "14,4 48,2 80,3! 60,24 42,40! 72,48 82,72 58,96 14,92",
        "22,2 48,3 72,5! 58,24 44,42! 66,50 72,74 50,98 20,90"),
  };

  private static final DigitShape OPEN_FOUR =
      DigitShape.of(
          "26,2 18,28 8,56! 50,56 94,52 / 72,10 69,50 66,100",
          "34,6 30,30 22,50! 50,52 82,50 / 66,4 64,50 64,100");

  private static final DigitShape ROUND_FOUR =
      DigitShape.of(
          "14,4 10,32 24,50 54,48 82,34 / 86,0 79,50 72,100",
          "26,2 22,30 30,44 52,45 74,40 / 74,4 72,50 70,100");

  private static final DigitShape[] FOUR = {
    OPEN_FOUR,
    OPEN_FOUR,
    ROUND_FOUR,
    ROUND_FOUR,
    // closed
    DigitShape.of(
        "64,1 34,36 6,66! 50,66 94,63 / 66,2 65,50 64,100",
        "56,3 36,32 14,56! 46,58 80,56 / 60,3 59,50 57,100"),
  };

  private static final DigitShape[] FIVE = {
    // in one stroke
    DigitShape.of(
        "86,3 54,4 24,5! 22,24 18,44! 44,36 76,48 82,72 58,96 12,92",
        "80,2 58,4 36,7! 32,24 27,42! 50,40 68,54 68,76 46,98 14,86"),
    // the bar drawn last
    DigitShape.of(
        "28,8 26,26 22,44! 48,38 74,52 78,74 54,98 12,92 / 28,8 58,5 94,0",
        "36,6 34,26 32,46! 50,44 66,56 68,78 48,96 20,96 / 35,8 58,8 82,6"),
    // rounded, like an S
    DigitShape.of(
        "84,8 54,3 28,14 30,36 58,48 74,68 56,94 14,92",
        "92,0 54,8 34,18 36,40 58,54 66,74 48,97 16,96"),
  };

  private static final DigitShape[] SIX = {
    DigitShape.of(
        "66,2 38,20 18,52 18,82 42,98 70,92 78,72 58,54 34,60 18,78",
        "54,0 34,26 24,55 24,86 44,99 64,92 68,77 56,66 38,70 25,84"),
    // with a straight back
    DigitShape.of(
        "44,0 28,35 15,70 30,96 60,94 76,74 62,56 36,62 16,82",
        "58,0 40,34 26,68 32,95 52,96 66,82 58,70 42,72 28,86"),
    // with a curled top
    DigitShape.of(
        "82,14 62,0 36,20 16,60 26,94 58,98 80,78 66,58 40,60 18,76",
        "74,8 58,1 38,24 24,62 32,95 54,98 70,82 60,66 42,68 26,82"),
  };

  private static final DigitShape PLAIN_SEVEN =
      DigitShape.of("10,10 46,7 86,6! 66,40 50,70 40,100", "18,4 46,6 76,9! 74,40 68,70 62,100");

  private static final DigitShape[] SEVEN = {
    PLAIN_SEVEN,
    PLAIN_SEVEN,
    PLAIN_SEVEN,
    // with a rounded corner
    DigitShape.of("10,18 40,5 78,4 80,24 60,62 46,100", "16,8 42,8 74,6 76,22 68,60 60,100"),
    // with a hook at its beginning
    DigitShape.of(
        "10,26 13,16 16,6! 50,6 88,5! 66,40 50,70 40,100",
        "18,18 18,12 19,5! 48,7 78,8! 70,40 62,70 56,100"),
    // with a bar
    DigitShape.of(
        "10,10 46,7 86,6! 66,40 50,70 40,100 / 32,51 56,49 82,46",
        "16,4 46,6 78,7! 68,40 60,70 54,100 / 42,50 60,50 80,52"),
  };

  private static final DigitShape[] EIGHT = {
    // begun at the top right, the upper loop closed
    DigitShape.of(
        "74,14 48,0 24,14 30,36 54,52 76,72 62,96 34,97 20,76 40,52 66,36 78,14",
        "66,10 48,2 32,12 34,34 52,50 70,74 56,97 38,97 28,78 44,52 62,34 68,6"),
    // the upper loop left open
    DigitShape.of(
        "82,12 48,2 24,18 46,44 74,66 66,94 36,97 22,76 46,50 70,28 90,4",
        "72,10 48,3 30,18 44,42 66,68 60,95 40,97 30,78 46,52 62,32 76,2"),
    // one loop set on another
    DigitShape.of(
        "50,46 26,34 30,8 52,0 74,10 72,34 50,46 22,62 22,88 50,99 78,88 76,62 50,46",
        "50,42 34,30 36,8 52,1 66,10 64,30 50,42 30,60 30,90 50,99 70,90 68,60 50,42"),
  };

  private static final DigitShape[] NINE = {
    // with a straight leg
    DigitShape.of(
        "76,20 56,4 28,8 16,30 34,48 62,40 76,20! 74,50 70,76 64,100",
        "68,14 52,2 34,10 30,30 42,42 58,34 68,14! 70,50 66,78 62,100"),
    DigitShape.of(
        "80,12 52,2 24,18 22,40 48,48 72,30 80,12! 66,48 52,74 40,100",
        "72,8 52,2 36,14 36,34 50,38 64,26 72,8! 68,46 58,74 50,100"),
    // with a curled tail
    DigitShape.of(
        "76,22 58,4 28,8 16,30 34,46 60,40 76,22! 78,56 68,88 44,98 18,86",
        "70,16 54,3 34,10 28,30 42,44 58,36 70,16! 71,54 64,86 48,99 26,94"),
  };

  private static final DigitShape[][] SHAPES = {
    ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE
  };

  private DigitShapes() {}

  /** How many ways there are of writing {@code digit}, repetitions counted. */
  static int count(int digit) {
    return SHAPES[digit].length;
  }

  static DigitShape get(int digit, int which) {
    return SHAPES[digit][which];
  }
}
