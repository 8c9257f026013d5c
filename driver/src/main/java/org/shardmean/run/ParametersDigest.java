package org.shardmean.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.shardmean.data.Sha256;

/** The fingerprint that shows whether two runs ended in the same bits. */
public final class ParametersDigest {
  private ParametersDigest() {}

  /** SHA-256 over the parameters as little-endian float32, in lower-case hexadecimal. */
  public static String sha256(float[] parameters) {
    ByteBuffer bytes =
        ByteBuffer.allocate(parameters.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters);
    return Sha256.hexOf(bytes.array());
  }
}
