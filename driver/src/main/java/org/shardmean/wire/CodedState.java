package org.shardmean.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import org.shardmean.train.Moments;
import org.shardmean.train.TrainingState;

/**
 * A {@link TrainingState} in the form in which it crosses between driver and executors; {@link
 * WireFormat} makes them. Whether it crosses or stays in one JVM, what comes out is the same.
 */
public final class CodedState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Steps, and how many parameters and moments. */
  private static final int HEADER = Long.BYTES + 2 * Integer.BYTES;

  private final CodedFloats parameters;
  private final CodedFloats moments;
  private final long steps;

  private CodedState(CodedFloats parameters, CodedFloats moments, long steps) {
    this.parameters = parameters;
    this.moments = moments;
    this.steps = steps;
  }

  static CodedState of(
      TrainingState state, Part part, NumberCode parameterCode, NumberCode momentCode, long seed) {
    return new CodedState(
        CodedFloats.of(state.parameters(), part, parameterCode, (int) seed),
        CodedFloats.ofMoments(state.moments(), part, momentCode, (int) (seed >>> Integer.SIZE)),
        state.steps());
  }

  static CodedState ofMoments(float[] values, long steps, Part part, NumberCode code, long seed) {
    return new CodedState(
        CodedFloats.none(),
        CodedFloats.ofMoments(values, part, code, (int) (seed >>> Integer.SIZE)),
        steps);
  }

  /** Some of the parameters of a whole state, with their moments: new, as if coded alone. */
  public CodedState part(Part part) {
    return new CodedState(
        parameters.part(part.from(), part.end()),
        moments.isEmpty() ? moments : moments.part(part.from(), part.end()),
        steps);
  }

  static long bytes(long parameterBytes, long momentBytes) {
    return HEADER + parameterBytes + momentBytes;
  }

  /**
   * The state as it arrives. Arrays are new, but those of {@link WireFormat#FLOAT32}, which are the
   * ones that were sent or read.
   */
  public TrainingState state() {
    return new TrainingState(parameters.values(), moments.values(), steps);
  }

  /** The moments and steps as they arrive, likewise. */
  public Moments moments() {
    return new Moments(moments.values(), steps);
  }

  /** Writes it, as {@link #read} reads it. */
  public void write(DataOutputStream out) throws IOException {
    out.writeLong(steps);
    parameters.writeTo(out);
    moments.writeTo(out);
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IOException if there is too little of it
   */
  public static CodedState read(DataInputStream in) throws IOException {
    long steps = in.readLong();
    return new CodedState(CodedFloats.read(in), CodedFloats.read(in), steps);
  }

  /** Bytes on the wire, but for a few of Java's own. */
  public long bytes() {
    return bytes(parameters.bytes(), moments.bytes());
  }
}
