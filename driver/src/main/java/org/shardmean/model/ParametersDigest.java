package org.shardmean.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint that tells whether two runs ended in the same bits. */
public final class ParametersDigest {
  private static final int CHUNK_VALUES = 1 << 13;

  private ParametersDigest() {}

  /** SHA-256 over the parameters as little-endian float32, in lower-case hex. */
  public static String sha256(float[] parameters) {
    MessageDigest digest = newDigest();
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < parameters.length; at += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, parameters.length - at);
      chunk.asFloatBuffer().put(parameters, at, count);
      digest.update(chunk.array(), 0, count * Float.BYTES);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
