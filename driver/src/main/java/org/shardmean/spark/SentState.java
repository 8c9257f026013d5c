package org.shardmean.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.shardmean.model.LittleEndianFloats;
import org.shardmean.train.Moments;
import org.shardmean.train.TrainingState;

/**
 * A {@link TrainingState} that can cross the wire. There it is, little-endian, the floats one after
 * another, parameters before moments; Java's own way to write floats takes several times as long,
 * and a copy of them all as bytes would cost a pass more at either end.
 */
final class SentState implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int HEADER = Long.BYTES + 2 * Integer.BYTES;

  private transient float[] parameters;
  private transient float[] moments;
  private transient long steps;

  private SentState(float[] parameters, float[] moments, long steps) {
    this.parameters = parameters;
    this.moments = moments;
    this.steps = steps;
  }

  /** All of a state, which is not copied. */
  static SentState of(TrainingState state) {
    return new SentState(state.parameters(), state.moments(), state.steps());
  }

  /** A worker's own moments and steps, when the parameters go another way. */
  static SentState momentsOf(TrainingState state) {
    return new SentState(new float[0], state.moments(), state.steps());
  }

  /** A worker's own moments and steps again, which are not copied. */
  static SentState of(Moments own) {
    return new SentState(new float[0], own.values(), own.steps());
  }

  /** The moments and steps, not copied. */
  Moments own() {
    return new Moments(moments, steps);
  }

  /** What {@link #of(TrainingState)} was given; of {@link #momentsOf} there is none. */
  TrainingState state() {
    return stateWith(parameters);
  }

  /** The state with these parameters in the place of those sent; nothing is copied. */
  TrainingState stateWith(float[] others) {
    return new TrainingState(others, moments, steps);
  }

  /** Bytes on the wire, but for a few of Java's own. */
  long bytes() {
    return bytes(parameters.length, moments.length);
  }

  /** Bytes on the wire of a state with so many floats. */
  static long bytes(int parameters, int moments) {
    return HEADER + Float.BYTES * ((long) parameters + moments);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeLong(steps);
    out.writeInt(parameters.length);
    out.writeInt(moments.length);
    LittleEndianFloats.write(parameters, out);
    LittleEndianFloats.write(moments, out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    steps = in.readLong();
    parameters = new float[in.readInt()];
    moments = new float[in.readInt()];
    LittleEndianFloats.read(parameters, in);
    LittleEndianFloats.read(moments, in);
  }
}
