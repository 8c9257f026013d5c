package org.shardmean.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.shardmean.train.TrainingState;

/**
 * A {@link TrainingState} as it crosses the wire, little-endian: steps (8 bytes), number of
 * parameters (4), number of moments (4), the parameters, the moments (4 bytes each). Flat bytes
 * pass through Java's serialization at the speed of a copy.
 */
final class StateBytes {
  private static final int HEADER = 16;

  private StateBytes() {}

  /** Bytes that {@link #encode} makes of {@code state}. */
  static int size(TrainingState state) {
    return HEADER + Float.BYTES * (state.parameters().length + state.moments().length);
  }

  static byte[] encode(TrainingState state) {
    return encode(state.parameters(), state.moments(), state.steps());
  }

  /** For a worker's own moments, when the parameters go another way. */
  static byte[] encodeMoments(TrainingState state) {
    return encode(new float[0], state.moments(), state.steps());
  }

  /** What {@link #encode} was given. */
  static TrainingState decode(byte[] encoded) {
    return read(encoded, null);
  }

  /** What {@link #encodeMoments} was given, with these parameters, which are not copied. */
  static TrainingState decodeMoments(byte[] encoded, float[] parameters) {
    return read(encoded, parameters);
  }

  private static byte[] encode(float[] parameters, float[] moments, long steps) {
    int size = HEADER + Float.BYTES * (parameters.length + moments.length);
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(steps).putInt(parameters.length).putInt(moments.length);
    bytes.asFloatBuffer().put(parameters).put(moments);
    return bytes.array();
  }

  private static TrainingState read(byte[] encoded, float[] elsewhere) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    long steps = bytes.getLong();
    float[] parameters = new float[bytes.getInt()];
    float[] moments = new float[bytes.getInt()];
    bytes.asFloatBuffer().get(parameters).get(moments);
    return new TrainingState(elsewhere == null ? parameters : elsewhere, moments, steps);
  }
}
