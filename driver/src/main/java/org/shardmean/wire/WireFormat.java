package org.shardmean.wire;

import static java.util.Objects.requireNonNull;

import org.shardmean.train.TrainingState;

/**
 * In how many bits states cross between driver and executors. With {@link #FLOAT32} workers send
 * their parameters; with the others the difference to the parameters that their round began with,
 * which needs fewer bits.
 */
public enum WireFormat {
  /** All numbers as they are, four bytes each. */
  FLOAT32(NumberCode.FLOAT32, NumberCode.FLOAT32, NumberCode.FLOAT32),
  /** All numbers in two bytes each. */
  BFLOAT16(NumberCode.BFLOAT16, NumberCode.BFLOAT16, NumberCode.BFLOAT16),
  /** Differences and moments in a byte each, the parameters that go out in two. */
  INT8(NumberCode.BFLOAT16, NumberCode.INT8, NumberCode.FLOAT8);

  private final NumberCode parameters;
  private final NumberCode differences;
  private final NumberCode moments;

  WireFormat(NumberCode parameters, NumberCode differences, NumberCode moments) {
    this.parameters = requireNonNull(parameters, "parameters");
    this.differences = requireNonNull(differences, "differences");
    this.moments = requireNonNull(moments, "moments");
  }

  /** Whether what arrives may differ from what was sent, and workers send differences. */
  public boolean isRounded() {
    return this != FLOAT32;
  }

  /**
   * What a round starts from, on its way out.
   *
   * @param part which parameters these are
   */
  public CodedState start(TrainingState state, Part part, long seed) {
    return CodedState.of(state, part, parameters, moments, seed);
  }

  /**
   * What workers did, on its way back.
   *
   * @param state whose parameters are differences where {@link #isRounded}
   * @param part which parameters these are
   */
  public CodedState back(TrainingState state, Part part, long seed) {
    return CodedState.of(state, part, differences, moments, seed);
  }

  /** Moments for these parameters without the parameters, out or back. */
  public CodedState moments(float[] values, long steps, Part part, long seed) {
    return CodedState.ofMoments(values, steps, part, moments, seed);
  }

  /** Bytes of {@link #start} with so many numbers. */
  public long bytesOfStart(int parameters, int moments) {
    return CodedState.bytes(
        CodedFloats.bytes(this.parameters, parameters),
        CodedFloats.bytesOfMoments(this.moments, moments, parameters));
  }

  /** Bytes of {@link #back} with so many numbers. */
  public long bytesOfBack(int parameters, int moments) {
    return CodedState.bytes(
        CodedFloats.bytes(differences, parameters),
        CodedFloats.bytesOfMoments(this.moments, moments, parameters));
  }
}
