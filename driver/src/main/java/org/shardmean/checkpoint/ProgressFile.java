package org.shardmean.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.shardmean.average.Drift;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.LittleEndianFloats;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.TimeSplit;
import org.shardmean.train.Moments;
import org.shardmean.train.TrainingState;

/**
 * {@link Progress} as bytes. Numbers are big-endian, arrays of floats little-endian and without a
 * length: how long they are follows from the run's configuration. An array that may be missing has
 * a byte before it that says whether it is there. The kept parameters are missing where they are
 * the current ones.
 */
final class ProgressFile {
  private static final int MAGIC = 0x53_4d_43_32; // SMC2

  /** More than there can be labels. */
  private static final int MOST_CLASSES = 256;

  private ProgressFile() {}

  /** Writes and leaves the stream open. */
  static void write(Progress progress, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeInt(MAGIC);
    LittleEndianFloats.write(progress.state().parameters(), out);
    writeIfThere(progress.state().moments(), out);
    out.writeLong(progress.state().steps());
    out.writeBoolean(!progress.ownMoments().isEmpty());
    for (Moments own : progress.ownMoments()) {
      LittleEndianFloats.write(own.values(), out);
      out.writeLong(own.steps());
    }
    writeIfThere(progress.velocity(), out);
    writeIfThere(progress.lastStep(), out);
    write(progress.unjudged(), out);
    float[] current = progress.state().parameters();
    writeIfThere(Arrays.equals(progress.kept(), current) ? new float[0] : progress.kept(), out);
    out.writeInt(progress.epochs().size());
    for (EpochRecord epoch : progress.epochs()) {
      write(epoch, out);
    }
    write(progress.rounds(), out);
    out.flush();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param bytes how many the file has; nothing larger is made room for
   * @throws IOException if it is not the progress of such a run; the message is one line
   * @throws IllegalArgumentException likewise
   */
  static Progress read(InputStream from, long bytes, RunConfig config) throws IOException {
    return new Reader(new DataInputStream(from), bytes, config).read();
  }

  private static void write(EpochRecord epoch, DataOutputStream out) throws IOException {
    write(epoch.training(), out);
    write(epoch.validation(), out);
    write(epoch.time(), out);
    write(epoch.rounds(), out);
  }

  private static void write(List<RoundRecord> rounds, DataOutputStream out) throws IOException {
    out.writeInt(rounds.size());
    for (RoundRecord round : rounds) {
      write(round.score(), out);
      write(round.time(), out);
      out.writeLong(round.bytesOut());
      out.writeLong(round.bytesBack());
      out.writeDouble(round.drift().dispersion());
      out.writeDouble(round.drift().stepLength());
      out.writeDouble(round.drift().cosine());
      out.writeDouble(round.drift().noiseScale());
    }
  }

  private static void write(TrainingScore score, DataOutputStream out) throws IOException {
    out.writeLong(score.examples());
    out.writeDouble(score.lossSum());
    out.writeLong(score.correct());
  }

  /** Of the confusion matrix the cells above zero: of many classes most are zero. */
  private static void write(Score score, DataOutputStream out) throws IOException {
    out.writeDouble(score.lossSum());
    if (!score.isOfClasses()) {
      out.writeLong(score.examples());
      return;
    }
    long[][] counts = score.confusion().counts();
    int cells = 0;
    for (long[] row : counts) {
      for (long count : row) {
        cells += count > 0 ? 1 : 0;
      }
    }
    out.writeInt(cells);
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        if (counts[actual][predicted] > 0) {
          out.writeInt(actual * counts.length + predicted);
          out.writeLong(counts[actual][predicted]);
        }
      }
    }
  }

  private static void write(TimeSplit time, DataOutputStream out) throws IOException {
    out.writeDouble(time.compute());
    out.writeDouble(time.waiting());
    out.writeDouble(time.sync());
    out.writeDouble(time.evaluation());
  }

  private static void writeIfThere(float[] values, DataOutputStream out) throws IOException {
    out.writeBoolean(values.length > 0);
    LittleEndianFloats.write(values, out);
  }

  /** Reads one file, with what its run's configuration implies. */
  private static final class Reader {
    private final DataInputStream in;
    private final RunConfig config;
    private final int parameters;
    private final long moments;
    private final int classes;
    private long left;
    private int ended;

    Reader(DataInputStream in, long bytes, RunConfig config) throws IOException {
      this.in = in;
      this.left = bytes;
      this.config = config;
      this.parameters = config.model().parameters();
      this.moments = (long) parameters * config.local().optimizer().moments();
      this.classes = config.model().classes();
      require(classes <= MOST_CLASSES, "a network of more classes than there are labels");
    }

    Progress read() throws IOException {
      require(in.readInt() == MAGIC, "another kind of file");
      TrainingState state = state();
      Progress progress =
          new Progress(
              state,
              ownMoments(),
              ifThere(config.averaging().outer() == OuterKind.MEAN ? 0 : parameters),
              ifThere(parameters),
              trainingScore(),
              kept(state),
              epochs(),
              rounds(-1));
      require(in.read() < 0, "bytes behind the end");
      return progress;
    }

    /** The file has them only where they are not the current parameters. */
    private float[] kept(TrainingState state) throws IOException {
      float[] others = finite(ifThere(parameters));
      return others.length > 0 ? others : state.parameters();
    }

    private TrainingState state() throws IOException {
      float[] values = finite(floats(parameters));
      float[] own = ifThere(moments);
      return new TrainingState(values, own, in.readLong());
    }

    private List<Moments> ownMoments() throws IOException {
      List<Moments> own = new ArrayList<>();
      if (in.readBoolean()) {
        require(config.averaging().moments() == MomentPolicy.KEPT, "moments that nobody keeps");
        for (int worker = 0; worker < config.averaging().workers(); worker++) {
          float[] values = floats(moments);
          own.add(new Moments(values, in.readLong()));
        }
      }
      return own;
    }

    private List<EpochRecord> epochs() throws IOException {
      int count = count(config.epochs(), "epochs");
      List<EpochRecord> epochs = new ArrayList<>();
      for (int epoch = 1; epoch <= count; epoch++) {
        epochs.add(new EpochRecord(epoch, trainingScore(), score(), time(), rounds(epoch)));
      }
      this.ended = count;
      return epochs;
    }

    /**
     * @param epoch that they are of; -1 for the current one
     */
    private List<RoundRecord> rounds(int epoch) throws IOException {
      int count = count(config.averaging().roundsPerEpoch(), "rounds");
      List<RoundRecord> rounds = new ArrayList<>();
      for (int round = 1; round <= count; round++) {
        rounds.add(
            new RoundRecord(
                epoch < 0 ? ended + 1 : epoch,
                round,
                trainingScore(),
                time(),
                in.readLong(),
                in.readLong(),
                new Drift(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble())));
      }
      return rounds;
    }

    private TrainingScore trainingScore() throws IOException {
      return new TrainingScore(in.readLong(), in.readDouble(), in.readLong());
    }

    private Score score() throws IOException {
      double lossSum = in.readDouble();
      if (classes == 0) {
        return new Score(in.readLong(), lossSum, ConfusionMatrix.empty(0));
      }
      int cells = count(classes * classes, "cells of a confusion matrix");
      long[][] counts = new long[classes][classes];
      for (int i = 0; i < cells; i++) {
        int cell = in.readInt();
        require(cell >= 0 && cell < classes * classes, "a class that there is not");
        counts[cell / classes][cell % classes] = in.readLong();
      }
      return new Score(lossSum, new ConfusionMatrix(counts));
    }

    private TimeSplit time() throws IOException {
      return new TimeSplit(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    private int count(int most, String what) throws IOException {
      int count = in.readInt();
      require(count >= 0 && count <= most, count + " " + what);
      return count;
    }

    private float[] ifThere(long length) throws IOException {
      return in.readBoolean() ? floats(length) : new float[0];
    }

    /** Makes no room for more than the file can still hold. */
    private float[] floats(long length) throws IOException {
      left -= length * Float.BYTES;
      if (left < 0) {
        throw new EOFException("a file that ends early");
      }
      float[] values = new float[Math.toIntExact(length)];
      LittleEndianFloats.read(values, in);
      return values;
    }

    private static float[] finite(float[] values) throws IOException {
      for (float value : values) {
        require(Float.isFinite(value), "a parameter that is no finite number");
      }
      return values;
    }

    private static void require(boolean holds, String otherwise) throws IOException {
      if (!holds) {
        throw new IOException(otherwise);
      }
    }
  }
}
