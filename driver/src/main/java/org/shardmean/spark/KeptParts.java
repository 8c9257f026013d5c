package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.RpcUtils;
import org.apache.spark.util.io.ChunkedByteBuffer;
import org.shardmean.model.LittleEndianFloats;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.CodedState;
import org.shardmean.wire.Part;
import scala.Option;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag;

/**
 * What a round starts from, kept by executors part by part: whoever added a part up keeps it as a
 * block of Spark's block manager, and every executor fetches it from there. What is lost with an
 * executor, the driver sends again ({@link PartsOfDriver}).
 *
 * @param id of an RDD that there is not; its blocks are the parts, first as they are sent, then as
 *     the outer step needs them
 * @param parts in order, together all parameters
 * @param endpoint the name of the driver's endpoint
 */
record KeptParts(int id, List<Part> parts, String endpoint) implements Serializable {
  private static final int PATIENCE_SECONDS = 60;

  private static final ClassTag<byte[]> BYTES = ClassTag.apply(byte[].class);

  KeptParts {
    parts = List.copyOf(parts);
    requireNonNull(endpoint, "endpoint");
  }

  /**
   * What the outer step needs of a part.
   *
   * @param parameters before the step, exactly
   * @param velocity of as many parameters, or empty
   */
  record Exact(float[] parameters, float[] velocity) {
    Exact {
      requireNonNull(parameters, "parameters");
      requireNonNull(velocity, "velocity");
    }

    /** Of a whole state, the numbers of a part; copies. */
    static Exact of(float[] parameters, float[] velocity, Part part) {
      return new Exact(part.of(parameters), velocity.length == 0 ? velocity : part.of(velocity));
    }

    byte[] bytes() {
      return written(
          (long) Float.BYTES * (parameters.length + velocity.length),
          out -> {
            LittleEndianFloats.write(parameters, out);
            out.writeBoolean(velocity.length > 0);
            LittleEndianFloats.write(velocity, out);
          });
    }

    private static Exact read(DataInputStream in, int size) throws IOException {
      float[] parameters = new float[size];
      LittleEndianFloats.read(parameters, in);
      float[] velocity = new float[in.readBoolean() ? size : 0];
      LittleEndianFloats.read(velocity, in);
      return new Exact(parameters, velocity);
    }
  }

  /** In a task: the whole state as it arrives, one object for all tasks of an executor. */
  TrainingState start() {
    return ExecutorCache.share(this, this::joined);
  }

  private TrainingState joined() {
    int all = parts.get(0).of();
    float[] parameters = new float[all];
    float[] moments = new float[0];
    long steps = 0;
    for (int number = 0; number < parts.size(); number++) {
      Part part = parts.get(number);
      TrainingState some = read(number, CodedState::read).state();
      moments = number == 0 ? part.arrayForMoments(some.moments()) : moments;
      steps = some.steps();
      part.copy(some.parameters(), parameters);
      part.copy(some.moments(), moments);
    }
    return new TrainingState(parameters, moments, steps);
  }

  /** In a task: what the outer step of a part needs. */
  Exact exact(int number) {
    int size = parts.get(number).size();
    return read(parts.size() + number, in -> Exact.read(in, size));
  }

  /** In a task: keeps a part here. */
  void keep(int number, CodedState start, Exact exact) {
    put(number, written(start.bytes(), start::write));
    put(parts.size() + number, exact.bytes());
  }

  private void put(int split, byte[] bytes) {
    BlockManager here = SparkEnv.get().blockManager();
    here.putBytes(
        new RDDBlockId(id, split),
        new ChunkedByteBuffer(ByteBuffer.wrap(bytes)),
        StorageLevel.MEMORY_AND_DISK_SER(),
        true,
        BYTES);
  }

  /** Writes bytes of about this size. */
  static byte[] written(long size, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(size + 64));
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes something. */
  @FunctionalInterface
  interface Writer {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private interface Reader<T> {
    T from(DataInputStream in) throws IOException;
  }

  /** From this executor, from another, or from the driver. */
  private <T> T read(int split, Reader<T> reader) {
    BlockManager here = SparkEnv.get().blockManager();
    RDDBlockId block = new RDDBlockId(id, split);
    Option<BlockData> local = here.getLocalBytes(block);
    if (local.isDefined()) {
      try {
        return read(local.get().toInputStream(), reader);
      } finally {
        here.releaseLockAndDispose(block, local.get(), Option.apply(TaskContext.get()));
      }
    }
    Option<ChunkedByteBuffer> remote = here.getRemoteBytes(block);
    return read(
        remote.isDefined()
            ? remote.get().toInputStream(true)
            : new ByteArrayInputStream(ask(split)),
        reader);
  }

  private static <T> T read(InputStream bytes, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(bytes)) {
      return reader.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] ask(int split) {
    SparkEnv here = SparkEnv.get();
    FiniteDuration most = Duration.create(PATIENCE_SECONDS, "s");
    byte[] part =
        RpcUtils.makeDriverRef(endpoint, here.conf(), here.rpcEnv())
            .askSync(
                PartsOfDriver.question(id, split),
                new RpcTimeout(most, "a part of a round's start from the driver"),
                BYTES);
    if (part.length == 0) {
      throw new IllegalStateException("expected a round that is under way, found one that is over");
    }
    return part;
  }
}
