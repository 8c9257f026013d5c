package org.shardmean.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.RunFolder;
import org.shardmean.RunResult;
import org.shardmean.Shardmean;
import org.shardmean.Training;
import org.shardmean.average.MomentPolicy;
import org.shardmean.data.Dataset;
import org.shardmean.experiment.GridCluster;
import org.shardmean.experiment.GridDirectory;
import org.shardmean.experiment.GridFile;
import org.shardmean.experiment.GridPlan;
import org.shardmean.experiment.GridRun;
import org.shardmean.experiment.GridTrainer;
import org.shardmean.experiment.PointRecord;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunListener;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.settings.Written;
import org.shardmean.spark.Cluster;

/** A standalone cluster on which one run after another is trained, each with faults of its own. */
final class FaultyCluster implements AutoCloseable {
  static final int EPOCHS = 4;
  static final int ROUNDS = 3;

  /** Rows of docs/reliability.md, as they were measured. */
  private static final Path FIGURES = Path.of("target", "faults.md");

  private static final Dataset DIGITS = Dataset.generated(2000, 7);

  private final StandaloneCluster cluster;
  private final Path folder;

  private FaultyCluster(StandaloneCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  static FaultyCluster start(int workers, Path folder) throws IOException, InterruptedException {
    return on(StandaloneCluster.start(workers, folder), folder);
  }

  /** A cluster of processes that were started already; it ends with this. */
  static FaultyCluster on(StandaloneCluster cluster, Path folder) {
    return new FaultyCluster(cluster, folder);
  }

  StandaloneCluster processes() {
    return cluster;
  }

  /**
   * A run in a folder of its own.
   *
   * @param name of the folder
   * @param cores to train on, an executor for each
   * @param plan what happens in it
   * @param spark more of Spark's settings
   * @param rounds hears of every round that has ended
   * @param workers logical ones
   * @param moments whether workers keep their own moments, for which every round is a job; averaged
   *     ones have a job for the whole training
   * @param training more of the training's settings, by their names
   */
  record Run(
      String name,
      int cores,
      int workers,
      List<Fault> plan,
      Map<String, String> spark,
      Consumer<RoundRecord> rounds,
      MomentPolicy moments,
      Map<String, String> training) {
    static Run undisturbed(String name, int cores) {
      return new Run(name, cores, 2, List.of(), Map.of(), round -> {}, MomentPolicy.KEPT, Map.of());
    }

    Run with(Fault... faults) {
      return new Run(name, cores, workers, List.of(faults), spark, rounds, moments, training);
    }

    Run with(Map<String, String> settings) {
      return new Run(name, cores, workers, plan, settings, rounds, moments, training);
    }

    Run hearing(Consumer<RoundRecord> hearer) {
      return new Run(name, cores, workers, plan, spark, hearer, moments, training);
    }

    Run withWorkers(int logical) {
      return new Run(name, cores, logical, plan, spark, rounds, moments, training);
    }

    Run withRoundsInOneJob() {
      return new Run(name, cores, workers, plan, spark, rounds, MomentPolicy.AVERAGED, training);
    }

    Run withSettings(Map<String, String> more) {
      return new Run(name, cores, workers, plan, spark, rounds, moments, more);
    }
  }

  Path folder(Run run) {
    return folder.resolve("runs").resolve(run.name());
  }

  /** Trains; whatever ends the run is thrown. */
  RunResult train(Run run) {
    Map<String, Written> settings = new HashMap<>();
    settings.put("out", written(folder(run).toString()));
    settings.put("layers", written("784-32-10"));
    settings.put("workers", written(String.valueOf(run.workers())));
    settings.put("epochs", written(String.valueOf(EPOCHS)));
    settings.put("rounds-per-epoch", written(String.valueOf(ROUNDS)));
    settings.put("moments", written(ValueReader.written(run.moments())));
    settings.put("checkpoint-every", written("round"));
    run.training().forEach((name, value) -> settings.put(name, written(value)));
    GivenSettings given = new GivenSettings(List.of(settings));
    RunListener listener = new Hearing(run.rounds());
    try (JavaSparkContext spark = new JavaSparkContext(conf(run));
        RunFolder into =
            RunFolder.open(
                spark.hadoopConfiguration(),
                given,
                ZonedDateTime.now(ZoneId.of("UTC")),
                Optional.empty(),
                listener,
                () -> false)) {
      spark.setLogLevel("OFF");
      return Training.of(DIGITS)
          .settings(into.settings())
          .listener(listener)
          .run(spark, Cluster.of(spark), into);
    }
  }

  /** Runs all points of a grid, as the job does. */
  List<PointRecord> grid(GridFile file, Run run) throws Exception {
    try (GridCluster grid =
        new GridCluster("faults", file.cores(), conf -> new JavaSparkContext(conf(run)))) {
      grid.spark().setLogLevel("OFF");
      GridPlan plan = GridPlan.of(file, GivenSettings.NONE, settings -> DIGITS, grid::slots);
      try (GridDirectory directory =
          GridDirectory.begin(
              grid.spark().hadoopConfiguration(),
              folder(run).toString(),
              file,
              "2026-01-01T00:00:00Z",
              waiting -> {})) {
        GridRun points =
            new GridRun(
                directory,
                new GridTrainer(plan, grid, RunListener.NONE),
                (number, of, record, ranNow) -> {});
        return points.run(plan.grid(), plan.fingerprints(grid::environment));
      }
    }
  }

  /** Writes down what a fault cost. */
  static void note(String fault, RunResult undisturbed, RunResult disturbed) throws IOException {
    note(
        "| %s | %.1f s | %.1f s | %s |"
            .formatted(
                fault,
                seconds(undisturbed),
                seconds(disturbed),
                String.join("; ", lines(disturbed))));
  }

  static void note(String row) throws IOException {
    Files.writeString(FIGURES, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  static List<String> lines(RunResult result) {
    return result.record().events().stream().map(RunEvent::line).toList();
  }

  static double seconds(RunResult result) {
    return result.epochs().stream().mapToDouble(EpochRecord::seconds).sum();
  }

  /** The executor with this number, of the current application. */
  ProcessHandle executor(int number) {
    return find(number).orElseThrow(() -> new AssertionError("no executor " + number));
  }

  boolean hasExecutor(int number) {
    return find(number).isPresent();
  }

  private Optional<ProcessHandle> find(int number) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                commandLine(process).contains("CoarseGrainedExecutorBackend")
                    && commandLine(process).contains(folder.toString())
                    && commandLine(process).contains("--executor-id " + number + " "))
        .findFirst();
  }

  /** Its whole command line; ProcessHandle's own is cut. */
  static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
              .replace('\0', ' ')
          + process.info().command().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static Written written(String text) {
    return new Written(text, "the test");
  }

  private SparkConf conf(Run run) {
    SparkConf conf =
        Shardmean.conf("faults " + run.name().toLowerCase(Locale.ROOT))
            .setMaster(cluster.master())
            .set("spark.driver.host", cluster.host())
            .set("spark.driver.bindAddress", cluster.host())
            .set("spark.ui.enabled", "false")
            .set("spark.cores.max", String.valueOf(run.cores()))
            .set("spark.executor.cores", "1")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executor.extraJavaOptions", "-Dfaults.folder=" + folder)
            .set("spark.executorEnv.OMP_NUM_THREADS", "1")
            .set("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
            .set("spark.plugins", FaultPlugin.class.getName())
            .set(FaultPlugin.PLAN, Fault.write(run.plan()));
    run.spark().forEach(conf::set);
    return conf;
  }

  @Override
  public void close() {
    cluster.close();
  }

  private record Hearing(Consumer<RoundRecord> rounds) implements RunListener {
    @Override
    public void roundEnded(RoundRecord round) {
      rounds.accept(round);
    }
  }
}
