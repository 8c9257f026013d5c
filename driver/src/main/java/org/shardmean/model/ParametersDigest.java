package org.shardmean.model;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.shardmean.data.Sha256;

/** The fingerprint that tells whether two runs ended in the same bits. */
public final class ParametersDigest {
  private ParametersDigest() {}

  /** SHA-256 over the parameters as little-endian float32, in lower-case hex. */
  public static String sha256(float[] parameters) {
    MessageDigest digest = Sha256.newDigest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      LittleEndianFloats.write(parameters, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sha256.hex(digest);
  }
}
