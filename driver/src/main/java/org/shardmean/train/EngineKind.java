package org.shardmean.train;

/** How a local step is computed. */
public enum EngineKind {
  /** DL4J's MultiLayerNetwork: the reference. */
  DL4J,
  /** Our own step over OpenBLAS, proven equal to the reference. */
  FUSED
}
