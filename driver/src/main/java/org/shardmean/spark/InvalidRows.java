package org.shardmean.spark;

/**
 * What becomes of rows of a table that cannot be examples; Spark calls it {@code handleInvalid}.
 */
public enum InvalidRows {
  /** The table is refused, with the column and one of the rows. */
  ERROR,

  /**
   * They are left out. Where vectors or arrays have different lengths, the rows of the most
   * frequent length stay.
   */
  SKIP
}
