package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.shardmean.average.RoundWire;
import org.shardmean.run.Progress;
import org.shardmean.wire.CodedState;
import org.shardmean.wire.Part;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The driver's end of {@link KeptParts}: it has the whole state anyway, and gives a part of it to
 * whoever finds it nowhere else.
 */
final class PartsOfDriver implements ThreadSafeRpcEndpoint {
  private static final byte[] NOTHING = new byte[0];

  private final RpcEnv rpcEnv;
  private final AtomicLong bytes = new AtomicLong();
  private Optional<Round> now = Optional.empty();

  PartsOfDriver(RpcEnv rpcEnv) {
    this.rpcEnv = requireNonNull(rpcEnv, "rpcEnv");
  }

  /** A round that is under way. */
  private static final class Round {
    private final int id;
    private final List<Part> parts;
    private final RoundWire wire;
    private final Progress progress;

    /** Made when the first part is asked for, which is rare. */
    private Optional<CodedState> start = Optional.empty();

    Round(int id, List<Part> parts, RoundWire wire, Progress progress) {
      this.id = id;
      this.parts = parts;
      this.wire = wire;
      this.progress = progress;
    }

    byte[] split(int split) {
      return split < parts.size()
          ? start(parts.get(split))
          : KeptParts.Exact.of(
                  progress.state().parameters(),
                  progress.velocity(),
                  parts.get(split - parts.size()))
              .bytes();
    }

    private byte[] start(Part part) {
      CodedState whole = start.orElseGet(() -> wire.start(progress.state()));
      start = Optional.of(whole);
      CodedState some = whole.part(part);
      return KeptParts.written(some.bytes(), some::write);
    }
  }

  /** What a task asks, as it crosses: a number without a class of ours. */
  static Long question(int id, int split) {
    return ((long) id << Integer.SIZE) | split;
  }

  @Override
  public RpcEnv rpcEnv() {
    return rpcEnv;
  }

  /** From now on tasks may ask for what this round starts from. */
  synchronized void begin(KeptParts kept, RoundWire wire, Progress progress) {
    now = Optional.of(new Round(kept.id(), kept.parts(), wire, progress));
    bytes.set(0);
  }

  /** Nobody gets anything any more. */
  synchronized void end() {
    now = Optional.empty();
  }

  /** Bytes that were asked for in this round. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext call) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Object message) {
        return message instanceof Long;
      }

      @Override
      public BoxedUnit apply(Object message) {
        call.reply(answer((Long) message));
        return BoxedUnit.UNIT;
      }
    };
  }

  private synchronized byte[] answer(long question) {
    int id = (int) (question >>> Integer.SIZE);
    byte[] answer =
        now.filter(round -> round.id == id)
            .map(round -> round.split((int) question))
            .orElse(NOTHING);
    bytes.addAndGet(answer.length);
    return answer;
  }
}
