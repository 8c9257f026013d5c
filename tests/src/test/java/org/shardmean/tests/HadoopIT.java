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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.IdxBytes;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;

/** Data from HDFS, runs to HDFS; and on YARN, in both modes, the same bits as here. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HadoopIT {
  private static final int LONG_EPOCHS = 25;
  private static final List<String> LONG =
      List.of("--epochs", String.valueOf(LONG_EPOCHS), "--checkpoint-every", "round");
  private static final Pattern FIRST_EPOCH = Pattern.compile("Epoch +1/" + LONG_EPOCHS);

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

  @Test
  void yarnInClusterModeEndsInTheSameBits() throws Exception {
    trainOnYarn("cluster", "--deploy-mode", "cluster", "--driver-memory", "1g");

    assertSameBits("cluster");
  }

  /** A run that was killed here goes on there, from checkpoints in HDFS. */
  @Test
  void aRunThatWasKilledHereGoesOnOnYarn() throws Exception {
    trainLong("long-here", "--master", "local[2]");
    killInItsFirstEpochs("long");
    trainOnYarn("long", 1, LONG, "--deploy-mode", "client", "--conf", "spark.driver.host=127.0.0.1");

    assertEquals(result("long-here").parametersSha256(), result("long").parametersSha256());
    assertEquals(LONG_EPOCHS, result("long").epochs().size());
    FaultyCluster.note("| driver killed on local[1], resumed on YARN from HDFS | | | |");
  }

  @Test
  @EnabledIfSystemProperty(named = "faults", matches = "all")
  void aDriverThatIsKilledOnYarnIsStartedAgainByYarnAndGoesOn() throws Exception {
    trainLong("again-here", "--master", "local[2]");
    CompletableFuture<Boolean> killed = CompletableFuture.supplyAsync(this::killTheFirstAttempt);
    trainOnYarn("again", 2, LONG, "--deploy-mode", "cluster", "--driver-memory", "1g");

    assertTrue(killed.get(1, TimeUnit.SECONDS), "no driver was killed: the test tested nothing");
    assertEquals(result("again-here").parametersSha256(), result("again").parametersSha256());
    FaultyCluster.note("| YARN: first attempt killed, the second goes on | | | |");
  }

  /** The last test, because the data node is not started again. */
  @Test
  @Order(Integer.MAX_VALUE)
  @EnabledIfSystemProperty(named = "faults", matches = "all")
  void aDataNodeThatStopsCostsNothing() throws Exception {
    trainLong("node-here", "--master", "local[2]");
    try (LoggingProcess driver = start("node", FIRST_EPOCH)) {
      driver.awaitReady();
      hadoop.stopDataNode();
      assertEquals(0, driver.exitCode(), driver.log());
    }

    assertEquals(result("node-here").parametersSha256(), result("node").parametersSha256());
    FaultyCluster.note("| a DataNode stopped | | | |");
  }

  private static void killInItsFirstEpochs(String name) throws Exception {
    try (LoggingProcess driver = start(name, FIRST_EPOCH)) {
      driver.awaitReady();
      driver.kill();
      assertEquals(137, driver.exitCode());
    }
  }

  private boolean killTheFirstAttempt() {
    try (FileSystem hdfs = hadoop.fileSystem()) {
      String checkpoints = hadoop.path("/runs/again/checkpoints/000002-manifest.txt");
      long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
      while (System.nanoTime() < until) {
        if (hdfs.exists(new org.apache.hadoop.fs.Path(checkpoints))) {
          return hadoop.applicationMaster().map(ProcessHandle::destroyForcibly).orElse(false);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return false;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static LoggingProcess start(String name, Pattern ready) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train", "--master", "local[1]"));
    arguments.addAll(arguments(name));
    arguments.addAll(LONG);
    return new LoggingProcess(launcher().of(arguments.toArray(String[]::new)), ready);
  }

  private static void trainLong(String name, String... where) throws Exception {
    train(name, LONG, where);
  }

  private static void assertSameBits(String name) throws Exception {
    SavedResult onYarn = result(name);
    assertEquals(result("here").parametersSha256(), onYarn.parametersSha256());
    assertEquals(2, onYarn.environment().executors());
  }

  private static void trainOnYarn(String name, String... options) throws Exception {
    trainOnYarn(name, 1, List.of(), options);
  }

  private static void trainOnYarn(
      String name, int attempts, List<String> settings, String... options) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.add("--properties-file");
    all.add(Project.ROOT.resolve("deploy/yarn/spark-yarn.conf").toString());
    for (String setting :
        List.of(
            "spark.yarn.jars=local:" + Project.SPARK_JARS + "/*",
            "spark.yarn.maxAppAttempts=" + attempts,
            "spark.executor.memory=512m",
            "spark.executor.memoryOverhead=512m")) {
      all.addAll(List.of("--conf", setting));
    }
    train(name, settings, all.toArray(String[]::new));
  }

  private static void train(String name, String... where) throws Exception {
    train(name, List.of(), where);
  }

  private static void train(String name, List<String> settings, String... where)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(Arrays.asList(where));
    arguments.addAll(arguments(name));
    arguments.addAll(settings);

    Finished finished = launcher().run(arguments.toArray(String[]::new));

    assertEquals(0, finished.exitCode(), () -> finished.err() + hadoop.logs());
  }

  private static List<String> arguments(String name) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("--data", hadoop.path("/digits"), "--out", hadoop.path("/runs/" + name)));
    arguments.addAll(List.of("--epochs", "1", "--workers", "2", "--rounds-per-epoch", "2"));
    return arguments;
  }

  private static Launcher launcher() {
    return new Launcher(folder).with("HADOOP_CONF_DIR", hadoop.configuration().toString());
  }

  private static SavedResult result(String name) throws Exception {
    String path = hadoop.path("/runs/" + name + "/result.json");
    try (FileSystem hdfs = hadoop.fileSystem();
        InputStream file = hdfs.open(new org.apache.hadoop.fs.Path(path))) {
      return ResultJson.read(path, new String(file.readAllBytes(), UTF_8));
    }
  }
}
