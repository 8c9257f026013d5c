package org.shardmean.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.shardmean.model.OpenBlas;

/**
 * The fused engine beside DL4J's fit and OpenBLAS' ceiling, in one process and on one thread. Each
 * run measures all of them in turn, so that a disturbance of the machine meets each.
 */
public final class EngineBenchmark {
  private static final int RUNS = 7;
  private static final TimeValue WARM_UP = TimeValue.milliseconds(1500);
  private static final TimeValue RUN = TimeValue.milliseconds(600);

  private EngineBenchmark() {}

  /** Prints the table; under five minutes. */
  public static void main(String[] arguments) throws RunnerException {
    List<EngineSpeed> speeds = measure(RUNS, WARM_UP, RUN);
    System.out.printf("OpenBLAS kernels: %s%n%s", OpenBlas.kernel(), table(speeds));
  }

  /**
   * Measures at batch sizes 32, 64, 128 and 256.
   *
   * @param runs how often everything is measured
   * @param warmUp how long each is run before, once, for the compiler
   * @param run how long each is measured in each run
   */
  public static List<EngineSpeed> measure(int runs, TimeValue warmUp, TimeValue run)
      throws RunnerException {
    measureOnce(warmUp);
    Measurements fused = new Measurements(FusedStepBenchmark.class);
    Measurements dl4j = new Measurements(Dl4jFitBenchmark.class);
    Measurements ceiling = new Measurements(MatrixProductsBenchmark.class);
    for (int i = 0; i < runs; i++) {
      for (RunResult result : measureOnce(run)) {
        fused.addIfOurs(result);
        dl4j.addIfOurs(result);
        ceiling.addIfOurs(result);
      }
    }
    return fused.batchSizes().stream()
        .map(size -> EngineSpeed.of(size, fused.at(size), dl4j.at(size), ceiling.at(size)))
        .toList();
  }

  /** In this process, which JMH would rather not; so every side meets the same compiled code. */
  private static Iterable<RunResult> measureOnce(TimeValue time) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(included(FusedStepBenchmark.class))
            .include(included(Dl4jFitBenchmark.class))
            .include(included(MatrixProductsBenchmark.class))
            .forks(0)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(100))
            .measurementIterations(1)
            .measurementTime(time)
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).run();
  }

  private static String included(Class<?> benchmark) {
    return benchmark.getName().replace(".", "\\.") + "\\.";
  }

  /** One line for each batch size; figures are medians. */
  static String table(List<EngineSpeed> speeds) {
    StringBuilder table = new StringBuilder();
    table.append(
        "batch   fused img/s   DL4J fit img/s   ceiling img/s   GFLOP/s   fused/DL4J"
            + "   fused/ceiling%n".formatted());
    for (EngineSpeed speed : speeds) {
      table.append(
          String.format(
              Locale.ROOT,
              "%5d %,13.0f %,16.0f %,15.0f %9.0f %11.2fx %14.0f%%%n",
              speed.batchSize(),
              speed.fused().median(),
              speed.dl4j().median(),
              speed.ceiling().median(),
              speed.ceilingGflops(),
              speed.timesDl4j(),
              100 * speed.shareOfCeiling()));
    }
    return table.toString();
  }

  /** One benchmark's images per second by batch size. */
  private static final class Measurements {
    private final Class<?> benchmark;
    private final Map<Integer, List<Double>> imagesPerSecond = new TreeMap<>();

    Measurements(Class<?> benchmark) {
      this.benchmark = benchmark;
    }

    void addIfOurs(RunResult result) {
      if (result.getParams().getBenchmark().startsWith(benchmark.getName() + ".")) {
        int size = Integer.parseInt(result.getParams().getParam("batchSize"));
        double microseconds = result.getPrimaryResult().getScore();
        imagesPerSecond
            .computeIfAbsent(size, any -> new ArrayList<>())
            .add(size * 1e6 / microseconds);
      }
    }

    List<Integer> batchSizes() {
      return List.copyOf(imagesPerSecond.keySet());
    }

    Speed at(int batchSize) {
      return Speed.of(imagesPerSecond.get(batchSize));
    }
  }
}
