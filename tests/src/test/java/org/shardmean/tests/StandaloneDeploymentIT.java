package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/standalone} and {@code deploy/history}, as a user runs them. */
class StandaloneDeploymentIT {
  private static final Pattern PAGE = Pattern.compile("started at (http:\\S+)");
  private static final long LONGEST_END_SECONDS = 60;

  @TempDir Path folder;
  private Path cluster;
  private Path history;

  @BeforeEach
  void nameFolders() throws IOException {
    cluster = folder.resolve("cluster");
    history = folder.resolve("history");
    Files.createDirectories(folder.resolve("events"));
  }

  @AfterEach
  void stopWhatIsLeft() throws Exception {
    script("standalone/stop", "--folder", cluster.toString());
    script("history/stop", "--folder", history.toString());
  }

  @Test
  void aRunOnItsTwoWorkersIsInTheHistoryWithAllItsRounds() throws Exception {
    startCluster();
    aSecondClusterInTheSameFolderIsRefused();
    String master = Files.readString(cluster.resolve("master.url")).strip();
    CommandLines commandLines = CommandLines.watch();
    train(master);
    assertTheSecretIsOnlyInItsFile(commandLines.close());
    aDriverWithAnotherSecretIsRefusedInOneLine(master);
    aWorkerWithAnotherSecretIsRefused(master);
    List<ProcessHandle> servers = running(cluster);
    startHistory();
    servers.addAll(running(history));
    assertTrue(executorsLog().contains("-XX:SharedArchiveFile="), executorsLog());
    assertEquals(Set.of("shardmean-executors.jar"), jarsOfExecutors());

    assertEquals(4, servers.size());
    assertEquals(Set.of("epochs 1 to 2"), descriptionsOfJobs());
    Polling.await(
        URI.create(page(cluster.resolve("master.log")) + "/metrics/master/prometheus/"),
        body -> body.contains("metrics_master_aliveWorkers_Value{type=\"gauges\"} 2"));
    stopWhatIsLeft();
    for (ProcessHandle server : servers) {
      server.onExit().get(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }
    assertEquals(List.of(), running(folder));
  }

  /** Executors begin with a jar that lacks what this engine needs. */
  @Test
  void theEngineDl4jTrainsToo() throws Exception {
    startCluster();

    train(Files.readString(cluster.resolve("master.url")).strip(), "--engine", "dl4j");

    assertEquals(Set.of("shardmean-executors.jar", "shardmean-jobs.jar"), jarsOfExecutors());
  }

  @Test
  void whatCannotComeUpLeavesNothingRunning() throws Exception {
    Finished finished =
        script(
            "standalone/start",
            "--folder",
            cluster.toString(),
            "--port",
            "0",
            "--ui-port",
            "0",
            "--workers",
            "1",
            "--memory",
            "nonsense");

    assertEquals(1, finished.exitCode(), finished.err());
    assertTrue(finished.err().contains("error: worker-1: expected"), finished.err());
    assertEquals(List.of(), running(cluster));
  }

  /** The first one stays. */
  private void aSecondClusterInTheSameFolderIsRefused() throws Exception {
    List<ProcessHandle> first = running(cluster);

    Finished second = script("standalone/start", "--folder", cluster.toString());

    assertEquals(2, second.exitCode());
    assertEquals(1, second.errors().size(), second.err());
    assertTrue(first.stream().allMatch(ProcessHandle::isAlive));
  }

  /** {@code ps} shows a command line to everyone. The event log has Spark's settings. */
  private void assertTheSecretIsOnlyInItsFile(Set<String> commandLines) throws IOException {
    String secret = Files.readString(secretFile());
    assertTrue(secret.matches("[0-9a-f]{64}"));
    String all = String.join("\n", commandLines);
    for (String program :
        List.of("deploy.master.Master", "deploy.worker.Worker", "CoarseGrainedExecutorBackend")) {
      assertTrue(
          commandLines.stream()
              .anyMatch(
                  line -> line.contains(program) && line.contains("-Dspark.authenticate=true")),
          program);
    }
    assertTrue(all.contains("-Dspark.network.crypto.cipher=AES/GCM/NoPadding"));
    assertTrue(all.contains("org.shardmean.jobs.Main"));
    assertFalse(all.contains(secret));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean isSecret = file.equals(secretFile());
        assertEquals(isSecret, contains(file, secret), file.toString());
      }
    }
  }

  private static boolean contains(Path file, String text) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
  }

  private void aDriverWithAnotherSecretIsRefusedInOneLine(String master) throws Exception {
    Finished refused =
        new Launcher(folder)
            .with("SPARK_LOCAL_IP", "127.0.0.1")
            .with("SHARDMEAN_SECRET_FILE", anotherSecret().toString())
            .run("train", "--master", master, "--data", "generated:400", "--out", "refused");

    assertEquals(1, refused.exitCode(), refused.err());
    assertEquals(1, refused.errors().size(), refused.err());
    assertTrue(refused.err().contains("found one with another secret or none"), refused.err());
  }

  private void aWorkerWithAnotherSecretIsRefused(String master) throws Exception {
    Path stranger = folder.resolve("stranger");
    Finished refused =
        script(
            "standalone/start",
            "--folder=" + stranger,
            "--master=" + master,
            "--workers=1",
            "--secret=" + anotherSecret());

    assertEquals(1, refused.exitCode(), refused.err());
    assertEquals(1, refused.errors().size(), refused.err());
    assertTrue(refused.err().contains("another secret"), refused.err());
    assertEquals(List.of(), running(stranger));
  }

  private Path secretFile() {
    return cluster.resolve("secret");
  }

  private Path anotherSecret() throws IOException {
    Path file = folder.resolve("another.secret");
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, "0123456789abcdef0123456789abcdef");
    }
    return file;
  }

  private void startCluster() throws Exception {
    Finished finished =
        script(
            "standalone/start",
            "--folder",
            cluster.toString(),
            "--port=0",
            "--ui-port=0",
            "--workers",
            "2",
            "--cores",
            "1",
            "--memory",
            "2g");
    assertEquals(0, finished.exitCode(), finished.err());
  }

  private void startHistory() throws Exception {
    Finished finished =
        script(
            "history/start",
            "--folder",
            history.toString(),
            "--port=0",
            "--logs",
            folder.resolve("events").toString());
    assertEquals(0, finished.exitCode(), finished.err());
  }

  private void train(String master, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "train",
            "--master",
            master,
            "--executor-memory",
            "1g",
            "--total-executor-cores",
            "2",
            "--conf",
            "spark.scheduler.minRegisteredResourcesRatio=1",
            "--conf",
            "spark.scheduler.maxRegisteredResourcesWaitingTime=180s",
            "--properties-file",
            Project.ROOT.resolve("conf/observed.conf").toString(),
            "--conf",
            "spark.eventLog.dir=" + folder.resolve("events").toUri(),
            "--data",
            "generated:400",
            "--epochs",
            "2",
            "--rounds-per-epoch",
            "2",
            "--workers",
            "2",
            "--out",
            "run"));
    command.addAll(Arrays.asList(more));
    Finished finished =
        new Launcher(folder)
            .with("SPARK_LOCAL_IP", "127.0.0.1")
            .with("SHARDMEAN_SECRET_FILE", secretFile().toString())
            .run(command.toArray(String[]::new));
    assertEquals(0, finished.exitCode(), finished.err());
    assertEquals(2, TrainedRun.result(folder.resolve("run")).environment().executors());
  }

  /** What all executors fetched from the driver. */
  private Set<String> jarsOfExecutors() throws IOException {
    try (Stream<Path> files = Files.walk(cluster)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** What an executor wrote to standard error; Java notes there the flags from its environment. */
  private String executorsLog() throws IOException {
    try (Stream<Path> files = Files.walk(cluster.resolve("worker-1"))) {
      return Files.readString(
          files.filter(file -> file.endsWith("stderr")).findFirst().orElseThrow());
    }
  }

  /** Of the one finished run without its warm-up, those that name an epoch. */
  private Set<String> descriptionsOfJobs() throws Exception {
    URI applications = URI.create(page(history.resolve("history.log")) + "/api/v1/applications");
    ObjectMapper json = new ObjectMapper();
    JsonNode listed =
        json.readTree(Polling.await(applications, body -> body.contains("\"completed\" : true")));
    assertEquals(1, listed.size());
    URI jobs = URI.create(applications + "/" + listed.get(0).get("id").asText() + "/jobs");
    Set<String> descriptions = new TreeSet<>();
    for (JsonNode job : json.readTree(Polling.await(jobs, body -> true))) {
      String description = job.path("description").asText();
      boolean isWarmUp = job.has("jobGroup");
      if (description.startsWith("epoch") && !isWarmUp) {
        descriptions.add(description);
      }
    }
    return descriptions;
  }

  private Finished script(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Project.ROOT.resolve("deploy").resolve(name).toString());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.matches("_?SPARK_.*|SHARDMEAN_.*"));
    return Finished.of(builder, folder);
  }

  private static String page(Path log) throws IOException {
    Matcher matcher = PAGE.matcher(Files.readString(log));
    assertTrue(matcher.find(), log.toString());
    return matcher.group(1);
  }

  /** The processes of the pid files beneath. */
  private static List<ProcessHandle> running(Path folder) throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".pid")).toList()) {
        long pid = Long.parseLong(Files.readString(file).strip());
        processes.add(ProcessHandle.of(pid).orElseThrow());
      }
    }
    return processes;
  }
}
