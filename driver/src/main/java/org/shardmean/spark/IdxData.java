package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.IdxFilePair;
import org.shardmean.data.IdxFolder;

/**
 * A folder of IDX files as the data of a training on this cluster. On {@code local[*]} the driver
 * loads all of it. On a cluster an images file that is plain and larger than {@value
 * #MOST_ON_DRIVER} (256 MiB) is read by the executors, each its own part; the driver reads its
 * header, goes through the labels, and keeps neither. Checksum, shards and results are the same
 * either way.
 */
public final class IdxData {
  /** The setting of Spark's: images files of at most so many bytes are loaded by the driver. */
  static final String MOST_ON_DRIVER = "spark.shardmean.idxBytesOnDriver";

  /** Five times MNIST: what the driver loads and sends in seconds. */
  private static final String USUAL_MOST = "256m";

  private IdxData() {}

  /**
   * Loads a folder, or finds out how executors are to read it.
   *
   * <p>Before that, executors digest large files, each some pieces: their checksums, joined, are
   * the data's checksum. Where a file lies on an ordinary disk that executors do not see, the
   * driver loads it.
   *
   * @param warnings hears in a line of files that executors do not see
   * @throws DataException if the folder or a file is missing, a file is not valid, or executors
   *     cannot read one that is not on an ordinary disk
   * @throws ClusterException if there is no executor after two minutes
   */
  public static Dataset load(JavaSparkContext spark, String folder, Consumer<String> warnings) {
    requireNonNull(folder, "folder");
    requireNonNull(warnings, "warnings");
    Configuration hadoop = spark.hadoopConfiguration();
    return spark.isLocal()
        ? IdxFolder.load(folder, hadoop)
        : IdxFolder.load(
            folder,
            hadoop,
            spark.getConf().getSizeAsBytes(MOST_ON_DRIVER, USUAL_MOST),
            files -> readByExecutors(spark, files, warnings));
  }

  /** Empty where executors do not see files on an ordinary disk. */
  static Optional<ExampleSource> readByExecutors(
      JavaSparkContext spark, IdxFilePair files, Consumer<String> warnings) {
    Cluster.of(spark); // Spark would wait for executors without a word, and without an end.
    spark.setJobDescription("digesting " + files.path());
    List<Digest> digests = digests(spark, files);
    Optional<String> fault =
        digests.stream().map(Digest::fault).filter(one -> !one.isEmpty()).findFirst();
    if (fault.isEmpty()) {
      return Optional.of(files.examples(digests.stream().mapToInt(Digest::checksum).toArray()));
    }
    if (!files.areOnAnOrdinaryDisk()) {
      throw new DataException(fault.get());
    }
    warnings.accept(
        "the driver loads %s, because executors do not see the same file: %s"
            .formatted(files.path(), fault.get()));
    return Optional.empty();
  }

  private static List<Digest> digests(JavaSparkContext spark, IdxFilePair files) {
    Broadcast<IdxFilePair> sent = spark.broadcast(files);
    List<Integer> pieces = new ArrayList<>(IntStream.range(0, files.pieces()).boxed().toList());
    try {
      return spark
          .parallelize(pieces, pieces.size())
          .map(piece -> Digest.of(sent.value(), piece))
          .collect();
    } finally {
      sent.destroy();
    }
  }

  /**
   * What a task found.
   *
   * @param checksum of its piece
   * @param fault why there is none; empty where there is one
   */
  private record Digest(int checksum, String fault) implements Serializable {
    static Digest of(IdxFilePair files, int piece) {
      try {
        return new Digest(files.checksumOf(piece), "");
      } catch (DataException e) {
        return new Digest(0, e.getMessage());
      }
    }
  }
}
