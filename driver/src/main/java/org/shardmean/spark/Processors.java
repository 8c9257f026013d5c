package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.ExecutorCacheTaskLocation;
import org.apache.spark.storage.BlockManagerId;
import org.shardmean.model.OpenBlas;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;

/**
 * The processors that train, as far as times and the bits of a result depend on them: name and BLAS
 * kernels, such as {@code Intel Xeon (SkylakeX)}.
 */
final class Processors implements LateExecutors.Executors {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private final JavaSparkContext spark;

  Processors(JavaSparkContext spark) {
    this.spark = requireNonNull(spark, "spark");
  }

  /** Those of all executors that are there; several are separated by {@code "; "}. */
  String all() {
    return spark.isLocal()
        ? here()
        : String.join("; ", new TreeSet<>(processors(identifiers()).values()));
  }

  @Override
  public Set<String> identifiers() {
    return spark.isLocal()
        ? Set.of()
        : new TreeSet<>(JavaConverters.seqAsJavaList(spark.sc().getExecutorIds()));
  }

  /** Runs a job of one short task for each. */
  @Override
  public Map<String, String> processors(Set<String> identifiers) {
    Map<String, String> answers = new TreeMap<>();
    List<Tuple2<String, Seq<String>>> places = new ArrayList<>();
    for (BlockManagerId place : places()) {
      if (identifiers.contains(place.executorId())) {
        String where = new ExecutorCacheTaskLocation(place.host(), place.executorId()).toString();
        places.add(new Tuple2<>(place.executorId(), seq(List.of(where))));
        answers.put(place.executorId(), "");
      }
    }
    if (!places.isEmpty()) {
      spark.setJobDescription("asking executors for their BLAS kernels");
      JavaRDD.fromRDD(
              spark.sc().makeRDD(seq(places), ClassTag.apply(String.class)),
              ClassTag.apply(String.class))
          .map(executor -> new Tuple2<>(SparkEnv.get().executorId(), here()))
          .collect()
          .forEach(answer -> answers.put(answer._1(), answer._2()));
    }
    return answers;
  }

  /** Where executors are that offer memory already, which they do a moment after they register. */
  private List<BlockManagerId> places() {
    var blocks = spark.sc().env().blockManager();
    return JavaConverters.seqAsJavaList(blocks.master().getPeers(blocks.blockManagerId()));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toSeq();
  }

  private static String here() {
    return "%s (%s)".formatted(name(), OpenBlas.kernel());
  }

  private static String name() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(LINUX)) {
      return architecture;
    }
    try {
      return Files.readAllLines(LINUX).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }
}
