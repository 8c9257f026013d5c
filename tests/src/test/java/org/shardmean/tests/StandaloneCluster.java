package org.shardmean.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Spark standalone cluster on loopback: a master and workers of one core, each a JVM of its own,
 * from the Spark home that Maven made.
 */
final class StandaloneCluster implements AutoCloseable {
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
  static StandaloneCluster start(int workers, Path folder)
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

  /** As {@code --master} takes it. */
  String master() {
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
      Path work = Files.createDirectories(folder.resolve("worker-" + w));
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-Xmx512m", "-cp", Project.SPARK_JARS + "/*", mainClass));
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", Project.SPARK_HOME.toString(),
                "SPARK_SCALA_VERSION", "2.12",
                "SPARK_LOCAL_DIRS", folder.toString()));
    LoggingProcess process = new LoggingProcess(builder, ready);
    processes.add(process);
    return process;
  }
}
