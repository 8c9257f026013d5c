package org.shardmean.model;

import java.io.IOException;
import java.io.InputStream;

/**
 * The zip that DL4J's ModelSerializer writes. It is read without DL4J and ND4J: they allocate what
 * the file declares, and deserialize Java objects from an entry preprocessor.bin.
 *
 * <p>Its entries are the network (configuration.json), its parameters (coefficients.bin) and, where
 * DL4J was told to save it, the optimizer's state, in this order. No other entry is accepted.
 */
final class ModelZip {
  /** An optimizer's state is at most four numbers of 8 bytes for each parameter. */
  private static final int MOST_STATE_BYTES = 4 * Double.BYTES;

  private ModelZip() {}

  /**
   * Reads a network and its parameters; the network bounds how many bytes those may be.
   *
   * @throws IOException if it is no such file; the message is one line
   * @throws IllegalArgumentException if its network is none of ours
   */
  static SavedModel read(InputStream in) throws IOException {
    try (ZipEntries entries = new ZipEntries(in)) {
      ModelSpec spec = entries.read("configuration.json", NetworkJson::read);
      float[] parameters =
          entries.read("coefficients.bin", content -> Nd4jVector.read(content, spec));
      if (entries.isNext("updaterState.bin")) {
        entries.skip("updaterState.bin", mostStateBytes(spec));
      }
      entries.requireEnd();
      return new SavedModel(spec, parameters);
    }
  }

  private static long mostStateBytes(ModelSpec spec) {
    return Nd4jVector.MOST_HEADER_BYTES + (long) spec.parameters() * MOST_STATE_BYTES;
  }
}
