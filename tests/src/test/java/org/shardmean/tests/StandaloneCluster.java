package org.shardmean.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Spark standalone cluster on loopback: a master and workers of one core, each a JVM of its own,
 * from the Spark home that Maven made.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER_READY =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern WORKER_READY =
      Pattern.compile("Successfully registered with master");

  private final List<LoggingProcess> processes = new ArrayList<>();
  private String master;

  private StandaloneCluster() {}

  /**
   * Starts one and waits until all workers are there.
   *
   * @param folder for the workers' files
   */
  public static StandaloneCluster start(int workers, Path folder)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster();
    try {
      cluster.startMaster(folder);
      cluster.startWorkers(workers, folder);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * Adds workers and waits until they are there.
   *
   * @param folder for their files
   */
  public void add(int workers, Path folder) throws IOException, InterruptedException {
    startWorkers(workers, folder);
  }

  /** Kills the worker that was added last, and with it its executors, as a machine is lost. */
  void killWorker() {
    processes.remove(processes.size() - 1).killAll();
  }

  /** Kills all workers. */
  void killAllWorkers() {
    while (processes.size() > 1) {
      killWorker();
    }
  }

  /** As {@code --master} takes it. */
  public String master() {
    return master;
  }

  /** Options that keep a driver's own ports on loopback too. */
  List<String> driverOptions() {
    return List.of(
        "--master",
        master,
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1",
        "--executor-memory",
        "1g");
  }

  @Override
  public void close() {
    // Workers first, so that they can end their executors.
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }

  private void startMaster(Path folder) throws IOException, InterruptedException {
    master =
        start(MASTER_READY, folder, "org.apache.spark.deploy.master.Master").awaitReady().group(1);
  }

  private void startWorkers(int workers, Path folder) throws IOException, InterruptedException {
    List<LoggingProcess> started = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      Path work = Files.createTempDirectory(folder, "worker-");
      started.add(
          start(
              WORKER_READY,
              folder,
              "org.apache.spark.deploy.worker.Worker",
              "--cores",
              "1",
              "--memory",
              "2g",
              "--work-dir",
              work.toString(),
              master));
    }
    for (LoggingProcess worker : started) {
      worker.awaitReady();
    }
  }

  private LoggingProcess start(Pattern ready, Path folder, String mainClass, String... arguments)
      throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = SparkJvm.of(folder, mainClass, all);
    LoggingProcess process = new LoggingProcess(builder, ready);
    processes.add(process);
    return process;
  }
}
