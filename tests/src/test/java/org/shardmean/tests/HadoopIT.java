package org.shardmean.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

  @Test
  void yarnInClusterModeEndsInTheSameBits() throws Exception {
    trainOnYarn("cluster", "--deploy-mode", "cluster", "--driver-memory", "1g");

    assertSameBits("cluster");
  }

  private static void assertSameBits(String name) throws Exception {
    SavedResult onYarn = result(name);
    assertEquals(result("here").parametersSha256(), onYarn.parametersSha256());
    assertEquals(2, onYarn.environment().executors());
  }

  private static void trainOnYarn(String name, String... options) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.add("--properties-file");
    all.add(Project.ROOT.resolve("deploy/yarn/spark-yarn.conf").toString());
    for (String setting :
        List.of(
            "spark.yarn.jars=local:" + Project.SPARK_JARS + "/*",
            "spark.yarn.maxAppAttempts=1",
            "spark.executor.memory=512m",
            "spark.executor.memoryOverhead=512m")) {
      all.addAll(List.of("--conf", setting));
    }
    train(name, all.toArray(String[]::new));
  }

  private static void train(String name, String... where) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(Arrays.asList(where));
    arguments.addAll(
        List.of("--data", hadoop.path("/digits"), "--out", hadoop.path("/runs/" + name)));
    arguments.addAll(List.of("--epochs", "1", "--workers", "2", "--rounds-per-epoch", "2"));

    Finished finished =
        new Launcher(folder)
            .with("HADOOP_CONF_DIR", hadoop.configuration().toString())
            .run(arguments.toArray(String[]::new));

    assertEquals(0, finished.exitCode(), () -> finished.err() + hadoop.logs());
  }

  private static SavedResult result(String name) throws Exception {
    String path = hadoop.path("/runs/" + name + "/result.json");
    try (FileSystem hdfs = hadoop.fileSystem();
        InputStream file = hdfs.open(new org.apache.hadoop.fs.Path(path))) {
      return ResultJson.read(path, new String(file.readAllBytes(), UTF_8));
    }
  }
}
