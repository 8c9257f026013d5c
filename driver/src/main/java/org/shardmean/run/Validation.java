package org.shardmean.run;

/**
 * What every epoch is scored on.
 *
 * @param heldOut the share of the training examples held out for it, 0 up to 1; 0 scores on the
 *     test examples instead, as the lectures do
 */
public record Validation(double heldOut) {
  /** On the test examples. */
  public static final Validation TEST = new Validation(0);

  public Validation {
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "expected 'test' or a share of the training examples above 0 and below 1, such as 0.1,"
              + " found "
              + heldOut);
    }
  }

  /** Reads {@code test} or a share. */
  public static Validation parse(String written) {
    if (written.equals("test")) {
      return TEST;
    }
    try {
      double share = Double.parseDouble(written);
      if (share > 0) {
        return new Validation(share);
      }
    } catch (NumberFormatException e) {
      // Told below, together with shares out of range.
    }
    throw new IllegalArgumentException(
        "expected 'test' or a share of the training examples above 0 and below 1, such as 0.1, found "
            + written);
  }

  public boolean onTest() {
    return heldOut == 0;
  }

  /** As written on the command line. */
  public String written() {
    return onTest() ? "test" : String.valueOf(heldOut);
  }
}
