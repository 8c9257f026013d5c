package org.shardmean.train;

/**
 * Powers of two that, added to a float and taken away again, round it to a multiple of their
 * 2^-23rd part. What training does not feel is rounded away before it, or its square, becomes a
 * subnormal number, which takes the processor a hundred times as long: the moments of weights whose
 * gradient stays zero, as at the border of the images, or the gradients of examples that are known
 * by heart. Without this, a step takes twice as long after a few epochs.
 */
final class Coarse {
  /** Rounds to multiples of 1e-28: for what is multiplied with numbers of ordinary size. */
  static final float SINGLE = 0x1p-70f;

  /** Rounds to multiples of 7e-18: for what is squared. */
  static final float SQUARED = 0x1p-34f;

  private Coarse() {}
}
