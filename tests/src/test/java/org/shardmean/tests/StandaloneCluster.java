package org.shardmean.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Spark standalone cluster on one machine: a master and workers of one core, each a JVM of its
 * own, from the Spark home that Maven made. Each worker has an address of its own, because Spark
 * treats workers of one address as one machine: it never speculates on the machine of the
 * straggler.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER_READY =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern WORKER_READY =
      Pattern.compile("Successfully registered with master");

  private static final String LOOPBACK = "127.0.0.1";

  private final String host;
  private final List<LoggingProcess> processes = new ArrayList<>();
  private String master;
  private int machines;

  private StandaloneCluster(String host) {
    this.host = host;
  }

  /**
   * Where a worker runs.
   *
   * @param host its address
   * @param prefix of its command, such as for a network namespace
   * @param environment more of its environment, which its executors inherit
   */
  record Machine(String host, List<String> prefix, Map<String, String> environment) {
    static Machine at(String host) {
      return new Machine(host, List.of(), Map.of());
    }

    Machine behind(String... command) {
      return new Machine(host, List.of(command), environment);
    }

    Machine with(String variable, String value) {
      return new Machine(host, prefix, Map.of(variable, value));
    }
  }

  /**
   * Starts one and waits until all workers are there.
   *
   * @param folder for the workers' files
   */
  public static StandaloneCluster start(int workers, Path folder)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = start(LOOPBACK, folder);
    try {
      cluster.add(workers, folder);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts a master alone. */
  static StandaloneCluster start(String host, Path folder)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(host);
    try {
      cluster.startMaster(folder);
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
    List<Machine> added = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      added.add(nextMachine());
    }
    add(added, folder);
  }

  /** All of 127.0.0.0/8 is this machine. */
  Machine nextMachine() {
    machines++;
    return Machine.at("127.0.0." + (1 + machines));
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

  /** The address of the master, which a driver can have too. */
  String host() {
    return host;
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
        start(MASTER_READY, Machine.at(host), folder, "org.apache.spark.deploy.master.Master")
            .awaitReady()
            .group(1);
  }

  /** Adds a worker on each of these. */
  void add(List<Machine> added, Path folder) throws IOException, InterruptedException {
    List<LoggingProcess> started = new ArrayList<>();
    for (Machine machine : added) {
      Path work = Files.createTempDirectory(folder, "worker-");
      started.add(
          start(
              WORKER_READY,
              machine,
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

  private LoggingProcess start(
      Pattern ready, Machine machine, Path folder, String mainClass, String... arguments)
      throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--host", machine.host(), "--port", "0", "--webui-port", "0"));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = SparkJvm.of(folder, mainClass, all);
    builder.command().addAll(0, machine.prefix());
    builder.environment().putAll(machine.environment());
    LoggingProcess process = new LoggingProcess(builder, ready);
    processes.add(process);
    return process;
  }
}
