package org.shardmean.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.shardmean.average.Block;
import org.shardmean.average.CodedSum;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.RoundPlan;
import org.shardmean.wire.CodedState;

/**
 * What driver and tasks tell each other between two steps of a training. It crosses as bytes of our
 * own: Spark reads messages in threads that do not know the classes of an application.
 */
sealed interface Message {
  /** From a task. */
  sealed interface Question extends Message {
    /** Who asks. */
    Asker asker();

    /** The task's own block. */
    default int task() {
      return asker().task();
    }

    /** The last step for which this task has sent an answer, 0 for none. */
    int step();
  }

  /**
   * A task.
   *
   * @param task its own block
   * @param attempt from 0, how often Spark had started it before
   */
  record Asker(int task, int attempt) {
    private void write(DataOutputStream out) throws IOException {
      out.writeInt(task);
      out.writeInt(attempt);
    }

    private static Asker read(DataInputStream in) throws IOException {
      return new Asker(in.readInt(), in.readInt());
    }
  }

  /** A task waits for the step after {@code step}. */
  record Ready(Asker asker, int step) implements Question {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.READY);
      asker.write(out);
      out.writeInt(step);
    }
  }

  /** A task has done its part of {@code step}, or that of a lost task, and waits for more. */
  sealed interface Answer extends Question {
    /** Whose part it is. */
    int block();

    /** Writes all but the answer itself. */
    default void writeHead(int kind, DataOutputStream out) throws IOException {
      out.writeByte(kind);
      asker().write(out);
      out.writeInt(block());
      out.writeInt(step());
    }
  }

  /** The answer to a round. The task keeps no moments of workers. */
  record Trained(Asker asker, int block, int step, RoundAnswer answer) implements Answer {
    @Override
    public void write(DataOutputStream out) throws IOException {
      writeHead(Kind.TRAINED, out);
      out.writeUTF(answer.executor());
      out.writeInt(answer.sums().size());
      for (CodedSum sum : answer.sums()) {
        out.writeInt(sum.of().first());
        out.writeInt(sum.of().end());
        sum.mean().write(out);
        out.writeLong(sum.score().examples());
        out.writeDouble(sum.score().lossSum());
        out.writeLong(sum.score().correct());
        out.writeInt(sum.spreads().length);
        for (double spread : sum.spreads()) {
          out.writeDouble(spread);
        }
        out.writeDouble(sum.seconds());
      }
    }
  }

  /**
   * The answer to a scoring.
   *
   * @param sums of that task's blocks of validation images, each as {@link ShardBlock#partialSums}
   *     gives them
   */
  record Scored(Asker asker, int block, int step, List<List<Score>> sums) implements Answer {
    public Scored {
      sums = sums.stream().map(List::copyOf).toList();
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
      writeHead(Kind.SCORED, out);
      out.writeInt(sums.size());
      for (List<Score> ofBlock : sums) {
        out.writeInt(ofBlock.size());
        for (Score score : ofBlock) {
          writeScore(score, out);
        }
      }
    }
  }

  /** To a task: train for a round, which is number {@code step} of what its job does. */
  record Train(int step, RoundPlan plan, CodedState start) implements Message {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.TRAIN);
      out.writeInt(step);
      out.writeLong(plan.seed());
      out.writeInt(plan.epochs());
      out.writeInt(plan.roundsPerEpoch());
      out.writeInt(plan.epoch());
      out.writeInt(plan.round());
      start.write(out);
    }
  }

  /**
   * To a task: score the network on validation images.
   *
   * @param parameters as {@code ParameterLayout} orders them; not copied
   */
  record Validate(int step, float[] parameters) implements Message {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.VALIDATE);
      out.writeInt(step);
      out.writeInt(parameters.length);
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * parameters.length);
      bytes.asFloatBuffer().put(parameters);
      out.write(bytes.array());
    }
  }

  /**
   * To a task: do this in place of a task that was lost.
   *
   * @param block of the lost task
   * @param work a {@link Train} or a {@link Validate}, as it crosses; not copied
   */
  record InPlaceOf(int block, byte[] work) implements Message {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.IN_PLACE_OF);
      out.writeInt(block);
      out.writeInt(work.length);
      out.write(work);
    }
  }

  /** To a task: keep a second copy of another task's images, then ask again. */
  record Copy(int block) implements Message {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(Kind.COPY);
      out.writeInt(block);
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
    private static final int TRAINED = 2;
    private static final int SCORED = 3;
    private static final int TRAIN = 4;
    private static final int VALIDATE = 5;
    private static final int NO_MORE = 6;
    private static final int IN_PLACE_OF = 7;
    private static final int COPY = 8;

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
        case Kind.READY -> new Ready(Asker.read(in), in.readInt());
        case Kind.TRAINED -> new Trained(Asker.read(in), in.readInt(), in.readInt(), answer(in));
        case Kind.SCORED -> new Scored(Asker.read(in), in.readInt(), in.readInt(), scores(in));
        case Kind.TRAIN -> new Train(in.readInt(), plan(in), CodedState.read(in));
        case Kind.VALIDATE -> new Validate(in.readInt(), parameters(in));
        case Kind.NO_MORE -> new NoMore();
        case Kind.IN_PLACE_OF -> new InPlaceOf(in.readInt(), work(in));
        case Kind.COPY -> new Copy(in.readInt());
        default -> throw new IOException("expected a message of kind 1 to 8, found " + kind);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] work(DataInputStream in) throws IOException {
    byte[] work = new byte[in.readInt()];
    in.readFully(work);
    return work;
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
              spreads(in),
              in.readDouble()));
    }
    return new RoundAnswer(sums, List.of(), executor);
  }

  private static double[] spreads(DataInputStream in) throws IOException {
    double[] spreads = new double[in.readInt()];
    for (int grain = 0; grain < spreads.length; grain++) {
      spreads[grain] = in.readDouble();
    }
    return spreads;
  }

  private static void writeScore(Score score, DataOutputStream out) throws IOException {
    long[][] counts = score.confusion().counts();
    out.writeLong(score.examples());
    out.writeDouble(score.lossSum());
    out.writeInt(counts.length);
    for (long[] row : counts) {
      for (long count : row) {
        out.writeLong(count);
      }
    }
  }

  private static List<List<Score>> scores(DataInputStream in) throws IOException {
    List<List<Score>> blocks = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      List<Score> scores = new ArrayList<>();
      for (int more = in.readInt(); more > 0; more--) {
        scores.add(score(in));
      }
      blocks.add(scores);
    }
    return blocks;
  }

  private static Score score(DataInputStream in) throws IOException {
    long examples = in.readLong();
    double lossSum = in.readDouble();
    int classes = in.readInt();
    long[][] counts = new long[classes][classes];
    for (long[] row : counts) {
      for (int i = 0; i < classes; i++) {
        row[i] = in.readLong();
      }
    }
    return new Score(examples, lossSum, new ConfusionMatrix(counts));
  }

  private static float[] parameters(DataInputStream in) throws IOException {
    float[] parameters = new float[in.readInt()];
    byte[] bytes = new byte[Float.BYTES * parameters.length];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(parameters);
    return parameters;
  }
}
