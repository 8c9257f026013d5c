package org.shardmean.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.shardmean.average.Block;
import org.shardmean.average.CodedSum;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.RoundPlan;
import org.shardmean.wire.CodedState;

/**
 * What driver and tasks tell each other between two rounds. It crosses as bytes of our own: Spark
 * reads messages in threads that do not know the classes of an application.
 */
sealed interface Message {
  /** From a task. */
  sealed interface Question extends Message {
    int block();

    /** The last round for which this task has sent an answer, 0 for none. */
    int round();
  }

  /** A task waits for the round after {@code round}. */
  record Ready(int block, int round) implements Question {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.READY);
      out.writeInt(block);
      out.writeInt(round);
    }
  }

  /** A task has done {@code round}, and waits for the next. It keeps no moments of workers. */
  record Done(int block, int round, RoundAnswer answer) implements Question {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.DONE);
      out.writeInt(block);
      out.writeInt(round);
      out.writeUTF(answer.executor());
      out.writeInt(answer.sums().size());
      for (CodedSum sum : answer.sums()) {
        out.writeInt(sum.of().first());
        out.writeInt(sum.of().end());
        sum.mean().write(out);
        out.writeLong(sum.score().examples());
        out.writeDouble(sum.score().lossSum());
        out.writeLong(sum.score().correct());
        out.writeDouble(sum.spread());
        out.writeDouble(sum.seconds());
      }
    }
  }

  /** To a task: its next round, which is number {@code round} of its job. */
  record Next(int round, RoundPlan plan, CodedState start) implements Message {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.NEXT);
      out.writeInt(round);
      out.writeLong(plan.seed());
      out.writeInt(plan.epochs());
      out.writeInt(plan.roundsPerEpoch());
      out.writeInt(plan.epoch());
      out.writeInt(plan.round());
      start.write(out);
    }
  }

  /** To a task: it may end. */
  record NoMore() implements Message {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.NO_MORE);
    }
  }

  /** A message's first byte. */
  final class Kind {
    private static final int READY = 1;
    private static final int DONE = 2;
    private static final int NEXT = 3;
    private static final int NO_MORE = 4;

    private Kind() {}
  }

  /** Writes it, its kind first. */
  void write(DataOutputStream out) throws IOException;

  /** As it crosses. */
  default byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * What {@link #bytes} wrote.
   *
   * @throws UncheckedIOException if it is something else
   */
  static Message of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int kind = in.readByte();
      return switch (kind) {
        case Kind.READY -> new Ready(in.readInt(), in.readInt());
        case Kind.DONE -> new Done(in.readInt(), in.readInt(), answer(in));
        case Kind.NEXT -> new Next(in.readInt(), plan(in), CodedState.read(in));
        case Kind.NO_MORE -> new NoMore();
        default -> throw new IOException("expected a message of kind 1 to 4, found " + kind);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RoundPlan plan(DataInputStream in) throws IOException {
    return new RoundPlan(in.readLong(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
  }

  private static RoundAnswer answer(DataInputStream in) throws IOException {
    String executor = in.readUTF();
    int count = in.readInt();
    List<CodedSum> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sums.add(
          new CodedSum(
              new Block(in.readInt(), in.readInt()),
              CodedState.read(in),
              new TrainingScore(in.readLong(), in.readDouble(), in.readLong()),
              in.readDouble(),
              in.readDouble()));
    }
    return new RoundAnswer(sums, List.of(), executor);
  }
}
