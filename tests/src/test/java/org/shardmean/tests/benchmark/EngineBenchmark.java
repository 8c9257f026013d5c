package org.shardmean.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.shardmean.model.OpenBlas;

/**
 * The fused engine beside DL4J's fit and OpenBLAS' ceiling, in one process and on one thread. They
 * take turns, many times and each time briefly, so that a disturbance of the machine meets all.
 */
public final class EngineBenchmark {
  private static final List<Integer> BATCH_SIZES = List.of(32, 64, 128, 256);
  private static final int RUNS = 15;
  private static final TimeValue WARM_UP = TimeValue.milliseconds(1500);
  private static final TimeValue RUN = TimeValue.milliseconds(150);

  private EngineBenchmark() {}

  /** Prints the table, after about two minutes. */
  public static void main(String[] arguments) throws RunnerException {
    List<EngineSpeed> speeds = measure(RUNS, WARM_UP, RUN);
    System.out.printf("OpenBLAS kernels: %s%n%s", OpenBlas.kernel(), table(speeds));
  }

  /**
   * Measures at every batch size.
   *
   * @param runs how often everything is measured
   * @param warmUp how long each is run before, once, for the compiler
   * @param run how long each is measured in each run
   */
  public static List<EngineSpeed> measure(int runs, TimeValue warmUp, TimeValue run)
      throws RunnerException {
    List<EngineSpeed> speeds = new ArrayList<>();
    for (int batchSize : BATCH_SIZES) {
      measureInTurn(batchSize, warmUp);
    }
    for (int batchSize : BATCH_SIZES) {
      List<Double> fused = new ArrayList<>();
      List<Double> dl4j = new ArrayList<>();
      List<Double> ceiling = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        Turn turn = measureInTurn(batchSize, run);
        fused.add(turn.fused);
        dl4j.add(turn.dl4j);
        ceiling.add(turn.ceiling);
      }
      speeds.add(new EngineSpeed(batchSize, new Speed(fused), new Speed(dl4j), new Speed(ceiling)));
    }
    return speeds;
  }

  private record Turn(double fused, double dl4j, double ceiling) {}

  private static Turn measureInTurn(int batchSize, TimeValue time) throws RunnerException {
    return new Turn(
        imagesPerSecond(FusedStepBenchmark.class, batchSize, time),
        imagesPerSecond(Dl4jFitBenchmark.class, batchSize, time),
        imagesPerSecond(MatrixProductsBenchmark.class, batchSize, time));
  }

  /** In this process, which JMH would rather not: so that all take turns within moments. */
  private static double imagesPerSecond(Class<?> benchmark, int batchSize, TimeValue time)
      throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(benchmark.getName().replace(".", "\\.") + "\\.")
            .param("batchSize", String.valueOf(batchSize))
            .forks(0)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(50))
            .measurementIterations(1)
            .measurementTime(time)
            .verbosity(VerboseMode.SILENT)
            .build();
    double microseconds = new Runner(options).runSingle().getPrimaryResult().getScore();
    return batchSize * 1e6 / microseconds;
  }

  /** One line for each batch size; figures and ratios are medians. */
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
}
