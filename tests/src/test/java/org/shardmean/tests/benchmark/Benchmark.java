package org.shardmean.tests.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.tests.StandaloneCluster;

/** All benchmarks, one after another: a table for people, JSON for programs. */
public final class Benchmark {
  private static final int WARM_UP_ROUNDS = 50;
  private static final int LARGE_WARM_UP_ROUNDS = 5;

  private Benchmark() {}

  /** Takes {@code full} or {@code quick}, the data, and the file to write. */
  public static void main(String[] arguments) throws Exception {
    String data = arguments[1];
    BenchmarkSize size =
        switch (arguments[0]) {
          case "full" -> BenchmarkSize.full(data);
          case "quick" -> BenchmarkSize.quick(data);
          default ->
              throw new IllegalArgumentException(
                  "-Dbenchmark: expected full or quick, found '%s'".formatted(arguments[0]));
        };
    BenchmarkFigures figures = measure(size, Files.createTempDirectory("shardmean-benchmark"));
    System.out.println(figures.table());
    write(figures, Path.of(arguments[2]));
    // Spark's and JMH's threads may linger.
    System.exit(0);
  }

  /**
   * Measures everything, saying on standard error where it is.
   *
   * @param folder an empty one
   */
  static BenchmarkFigures measure(BenchmarkSize size, Path folder) throws Exception {
    Machine machine = Machine.here();
    say("end to end");
    List<EndToEndSpeed> endToEnd = EndToEndBenchmark.measure(size.endToEnd(), folder);
    say("sync and scaling");
    List<SyncCost> sync = new ArrayList<>();
    try (JavaSparkContext spark = ClusterContexts.open("local[2]", SyncBenchmark.WORKERS)) {
      addSync(sync, "local[2]", spark, size);
    }
    List<ScalingSpeed> scaling;
    try (StandaloneCluster cluster = StandaloneCluster.start(SyncBenchmark.WORKERS, folder)) {
      try (JavaSparkContext spark = ClusterContexts.open(cluster.master(), SyncBenchmark.WORKERS)) {
        addSync(sync, "standalone, 2 executors", spark, size);
      }
      scaling =
          ScalingBenchmark.measure(
              cluster.master(), size.scalingImages(), size.scalingEpochs() + 1);
    }
    say("engine");
    List<EngineSpeed> engine =
        EngineBenchmark.measure(size.engineRuns(), size.engineRun(), size.engineRun());
    return new BenchmarkFigures(machine, size.endToEnd().data(), engine, endToEnd, sync, scaling);
  }

  private static void addSync(
      List<SyncCost> costs, String where, JavaSparkContext spark, BenchmarkSize size) {
    for (int n = 0; n < SyncBenchmark.NETWORKS.size(); n++) {
      int rounds = size.syncRounds().get(n);
      if (rounds > 0) {
        int warmUp = n == 0 ? WARM_UP_ROUNDS : LARGE_WARM_UP_ROUNDS;
        costs.add(
            SyncBenchmark.measure(spark, where, SyncBenchmark.NETWORKS.get(n), warmUp, rounds));
      }
    }
  }

  private static void write(BenchmarkFigures figures, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), figures);
    System.out.println("Written: " + file);
  }

  private static void say(String part) {
    System.err.println("Measuring: " + part);
  }
}
