package org.shardmean.train;

/** How the learning rate moves over a run, as a factor of its peak. */
public enum Schedule {
  /** The peak throughout. */
  CONSTANT,
  /** From the peak to zero along half a cosine (Loshchilov and Hutter, SGDR, 2017, equation 5). */
  COSINE,
  /** A linear rise over the warm-up, then a linear fall to zero (Smith and Topin, 2019). */
  ONE_CYCLE
}
