package org.shardmean.train;

import org.shardmean.model.ModelSpec;

/** Makes engines by their name. */
public final class Engines {
  private Engines() {}

  public static Engine create(ModelSpec spec, LocalSettings settings) {
    return switch (settings.engine()) {
      case DL4J -> new Dl4jEngine(spec, settings);
      case FUSED -> new FusedEngine(spec, settings);
    };
  }
}
