package org.shardmean.train;

import org.shardmean.model.ModelSpec;

/** How a local step is computed. */
public enum EngineKind {
  /** DL4J's MultiLayerNetwork: the reference. */
  DL4J,
  /** Our own step over OpenBLAS, proven equal to the reference. */
  FUSED;

  /** A new engine of this kind; {@link Engine#load} comes first. */
  public Engine create(ModelSpec spec, LocalSettings settings) {
    return switch (this) {
      case DL4J -> new Dl4jEngine(spec, settings);
      case FUSED -> new FusedEngine(spec, settings);
    };
  }
}
