package org.shardmean.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import scala.reflect.ClassTag;

/**
 * What driver and tasks tell each other between two rounds. It crosses as bytes: Spark reads
 * messages in threads that do not know the classes of an application.
 */
sealed interface Message extends Serializable {
  /** From a task. */
  sealed interface Question extends Message {
    int block();

    /** The last round for which this task has sent an answer, 0 for none. */
    int round();
  }

  /** A task waits for the round after {@code round}. */
  record Ready(int block, int round) implements Question {}

  /** A task has done {@code round}, and waits for the next. */
  record Done(int block, int round, RoundAnswer answer) implements Question {}

  /** To a task: its next round. */
  record Next(int round, RoundTask task) implements Message {}

  /** To a task: it may end. */
  record NoMore() implements Message {}

  /** As it crosses. */
  default byte[] bytes() {
    ByteBuffer written =
        SparkEnv.get()
            .closureSerializer()
            .newInstance()
            .serialize(this, ClassTag.apply(Message.class));
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    return bytes;
  }

  /** What {@link #bytes} wrote. */
  static Message of(byte[] bytes) {
    return SparkEnv.get()
        .closureSerializer()
        .newInstance()
        .deserialize(
            ByteBuffer.wrap(bytes), Message.class.getClassLoader(), ClassTag.apply(Message.class));
  }
}
