package org.shardmean.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.IdxBytes;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;

/** Data from HDFS, runs to HDFS; and on YARN, in both modes, the same bits as here. */
class HadoopIT {
  @TempDir static Path folder;
  private static MiniHadoop hadoop;

  @BeforeAll
  static void startAndPutData() throws Exception {
    hadoop = MiniHadoop.start(Files.createDirectories(folder.resolve("hadoop")));
    Path digits = folder.resolve("digits");
    IdxBytes.writeFolder(
        digits, IdxBytes.digits(600, 28, 28, 10), IdxBytes.digits(100, 28, 28, 10));
    try (FileSystem hdfs = hadoop.fileSystem()) {
      hdfs.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(digits.toUri()),
          new org.apache.hadoop.fs.Path(hadoop.path("/digits")));
    }
    train("here", "--master", "local[2]");
  }

  @AfterAll
  static void stop() {
    if (hadoop != null) {
      hadoop.close();
    }
  }

  @Test
  void aRunReadsFromHdfsAndWritesAllItsFilesThere() throws Exception {
    SavedResult result = result("here");

    assertEquals(600, result.data().trainExamples());
    try (FileSystem hdfs = hadoop.fileSystem()) {
      Set<String> files =
          Stream.of(hdfs.listStatus(new org.apache.hadoop.fs.Path(hadoop.path("/runs/here"))))
              .map(file -> file.getPath().getName())
              .collect(Collectors.toSet());
      assertEquals(TrainedRun.FILES, files);
    }
  }

  @Test
  void yarnInClientModeEndsInTheSameBits() throws Exception {
    trainOnYarn("client", "--deploy-mode", "client", "--conf", "spark.driver.host=127.0.0.1");

    assertSameBits("client");
  }

  /** As of large files: each executor its own part. */
  @Test
  void executorsThatReadFromHdfsThemselvesEndInTheSameBits() throws Exception {
    trainOnYarn(
        "in-parts",
        "--deploy-mode=client",
        "--conf=spark.driver.host=127.0.0.1",
        "--conf=spark.shardmean.idxBytesOnDriver=0");

    assertSameBits("in-parts");
    assertEquals(result("here").data().checksum(), result("in-parts").data().checksum());
  }

  @Test
  void yarnInClusterModeEndsInTheSameBits() throws Exception {
    trainOnYarn("cluster", "--deploy-mode", "cluster", "--driver-memory", "1g");

    assertSameBits("cluster");
  }

  @Test
  @EnabledIfSystemProperty(named = "faults", matches = "all")
  void aDriverThatIsLostOnYarnIsStartedAgainByYarnAndGoesOn() throws Exception {
    String[] long60 = {"--epochs=60", "--checkpoint-every=round"};
    train("here-60", with(long60, "--master", "local[2]"));
    String[] onYarn =
        with(
            long60,
            yarn(
                "--deploy-mode=cluster",
                "--driver-memory=1g",
                "--conf=spark.yarn.maxAppAttempts=2"));
    try (LoggingProcess submitted =
        new LoggingProcess(builder("attempts", onYarn), Pattern.compile("RUNNING"))) {
      awaitCheckpoints("/runs/attempts/checkpoints", submitted);
      applicationMaster().destroyForcibly();
      assertEquals(0, submitted.exitCode(), () -> submitted.log() + hadoop.logs());
    }

    SavedResult result = result("attempts");
    assertEquals(result("here-60").parametersSha256(), result.parametersSha256());
    assertEquals(60, result.epochs().size());
    assertTrue(
        text("/runs/attempts/result.json").contains("An earlier driver ended"), "not resumed");
    FaultyCluster.note("| driver killed on YARN, second attempt | | | went on by itself |");
  }

  /** Both attempts belong to one application, and so does the folder. */
  @Test
  @EnabledIfSystemProperty(named = "faults", matches = "all")
  void aSecondAttemptWithoutAFolderOfItsOwnFindsTheFirstOnes() throws Exception {
    String[] onYarn =
        with(
            new String[] {"--epochs=60", "--checkpoint-every=round", "--name=two attempts"},
            yarn(
                "--deploy-mode=cluster",
                "--driver-memory=1g",
                "--conf=spark.yarn.maxAppAttempts=2"));
    String runs;
    try (LoggingProcess submitted =
        new LoggingProcess(builder(null, onYarn), Pattern.compile("RUNNING"))) {
      runs = awaitFolderOfAnApplication("-two-attempts", submitted);
      awaitCheckpoints(runs + "/checkpoints", submitted);
      applicationMaster().destroyForcibly();
      assertEquals(0, submitted.exitCode(), () -> submitted.log() + hadoop.logs());
    }

    String result = text(runs + "/result.json");
    assertEquals(60, ResultJson.read(runs, result).epochs().size());
    assertTrue(result.contains("An earlier driver ended"), "not resumed");
    FaultyCluster.note("| the same without --out | | | went on by itself |");
  }

  /** Nothing can be written meanwhile; training goes on, and so do checkpoints afterwards. */
  @Test
  @EnabledIfSystemProperty(named = "faults", matches = "all")
  void aDataNodeThatStopsDuringCheckpointsCostsThoseAlone() throws Exception {
    String[] run = {
      "--master=local[2]", "--data=generated:20000", "--epochs=60", "--checkpoint-every=epoch"
    };
    train("with-data-node", run);
    long began = System.nanoTime();
    try (LoggingProcess driver =
        new LoggingProcess(builder("data-node", run), Pattern.compile("Epoch +3/60"))) {
      driver.awaitReady();
      hadoop.stopDataNode();
      try {
        driver.await(Pattern.compile("could not be written"));
      } finally {
        hadoop.startDataNode();
      }
      if (driver.exitCode() != 0) { // It had nothing left to train when the node came back.
        train("data-node", run);
      }
    }

    assertEquals(
        result("with-data-node").parametersSha256(), result("data-node").parametersSha256());
    FaultyCluster.note(
        "| data node stopped during checkpoints | | %.1f s, all | |"
            .formatted((System.nanoTime() - began) * 1e-9));
  }

  private static String[] with(String[] first, String... second) {
    return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
  }

  /** Waits for three, the most that are kept; the first is written before training begins. */
  private static void awaitCheckpoints(String folder, LoggingProcess submitted) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    try (FileSystem hdfs = hadoop.fileSystem()) {
      while (manifests(hdfs, folder) < 3) {
        assertTrue(
            submitted.isAlive() && System.nanoTime() < until,
            () -> submitted.log() + hadoop.logs());
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private static String awaitFolderOfAnApplication(String name, LoggingProcess submitted)
      throws Exception {
    String home = "/user/" + System.getProperty("user.name") + "/runs";
    org.apache.hadoop.fs.Path found =
        new org.apache.hadoop.fs.Path(hadoop.path(home + "/application_*" + name));
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    try (FileSystem hdfs = hadoop.fileSystem()) {
      while (hdfs.globStatus(found).length == 0) {
        assertTrue(
            submitted.isAlive() && System.nanoTime() < until,
            () -> submitted.log() + hadoop.logs());
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return home + "/" + hdfs.globStatus(found)[0].getPath().getName();
    }
  }

  private static long manifests(FileSystem hdfs, String folder) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(hadoop.path(folder));
    return hdfs.exists(path)
        ? Stream.of(hdfs.listStatus(path))
            .filter(file -> file.getPath().getName().endsWith("manifest.txt"))
            .count()
        : 0;
  }

  /** The process of YARN that is the driver, started by this test's node managers. */
  private static ProcessHandle applicationMaster() {
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              String command = FaultyCluster.commandLine(process);
              return command.contains("deploy.yarn.ApplicationMaster --class")
                  && command.contains(folder.toString())
                  && !command.contains("bash -c");
            })
        .findFirst()
        .orElseThrow(() -> new AssertionError("no application master"));
  }

  private static void assertSameBits(String name) throws Exception {
    SavedResult onYarn = result(name);
    assertEquals(result("here").parametersSha256(), onYarn.parametersSha256());
    assertEquals(2, onYarn.environment().executors());
  }

  private static void trainOnYarn(String name, String... options) throws Exception {
    train(name, yarn(options));
  }

  private static String[] yarn(String... options) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    if (all.stream().noneMatch(option -> option.contains("maxAppAttempts"))) {
      all.addAll(List.of("--conf", "spark.yarn.maxAppAttempts=1"));
    }
    all.add("--properties-file");
    all.add(Project.ROOT.resolve("deploy/yarn/spark-yarn.conf").toString());
    for (String setting :
        List.of(
            "spark.yarn.jars=local:" + Project.SPARK_JARS + "/*",
            "spark.executor.memory=512m",
            "spark.executor.memoryOverhead=512m")) {
      all.addAll(List.of("--conf", setting));
    }
    return all.toArray(String[]::new);
  }

  private static void train(String name, String... options) throws Exception {
    Finished finished = Finished.of(builder(name, options), folder);

    assertEquals(0, finished.exitCode(), () -> finished.err() + hadoop.logs());
  }

  /**
   * @param name of the run's folder; null for the default one
   */
  private static ProcessBuilder builder(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--workers=2", "--rounds-per-epoch=2"));
    if (name != null) {
      arguments.add("--out=" + hadoop.path("/runs/" + name));
    }
    if (Arrays.stream(options).noneMatch(option -> option.startsWith("--epochs"))) {
      arguments.add("--epochs=1");
    }
    if (Arrays.stream(options).noneMatch(option -> option.startsWith("--data"))) {
      arguments.add("--data=" + hadoop.path("/digits"));
    }
    return new Launcher(folder)
        .with("HADOOP_CONF_DIR", hadoop.configuration().toString())
        .of(arguments.toArray(String[]::new));
  }

  private static SavedResult result(String name) throws Exception {
    String path = "/runs/" + name + "/result.json";
    return ResultJson.read(path, text(path));
  }

  private static String text(String path) throws Exception {
    try (FileSystem hdfs = hadoop.fileSystem();
        InputStream file = hdfs.open(new org.apache.hadoop.fs.Path(hadoop.path(path)))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
