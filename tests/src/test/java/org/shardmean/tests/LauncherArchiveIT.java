package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive of classes that {@code deploy/submit} starts Java with, and what keeps it away. */
class LauncherArchiveIT extends LaunchesFakePrograms {
  @Test
  void classesComeFromTheArchive() throws Exception {
    Path log = folder.resolve("classes.log");

    Finished finished =
        launcher
            .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
            .run("train", "--data", "nowhere");

    assertEquals(3, finished.exitCode(), finished.err());
    String context = "org.apache.spark.SparkContext source: ";
    assertEquals(
        List.of("shared objects file (top)"),
        Files.readAllLines(log).stream()
            .filter(line -> line.contains(context))
            .map(line -> line.substring(line.indexOf(context) + context.length()))
            .limit(1)
            .toList());
  }

  /** Java 17.0.15 crashed where Flight Recorder or an agent met the archive of classes. */
  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
  void flightRecorderInTheEnvironmentRecordsTheRun(String variable) throws Exception {
    Path recording = folder.resolve("run.jfr");

    Finished finished =
        launcher
            .with(variable, "-XX:StartFlightRecording=filename=" + recording)
            .run("train", "--data", "nowhere");

    assertEquals(3, finished.exitCode(), finished.err());
    assertTrue(Files.size(recording) > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-javaagent:a.jar", "-agentlib:jdwp=x", "-agentpath:/a.so=b"})
  void anAgentLeavesTheArchiveOut(String agent) throws Exception {
    fakeJava().with("JAVA_TOOL_OPTIONS", "-Dx=y " + agent).run("train");
    assertFalse(words().toString().contains("-XX:SharedArchiveFile"), words().toString());

    for (String option :
        List.of(
            "--driver-java-options=",
            "--conf=spark.driver.extraJavaOptions=",
            "--conf=spark.driver.defaultJavaOptions=")) {
      fakeJava().run("train", option + agent);
      assertFalse(words().toString().contains("-XX:SharedArchiveFile"), words().toString());
    }

    fakeJava().run("train");
    assertTrue(words().toString().contains("-XX:SharedArchiveFile"), words().toString());
  }

  /** They inherit the archive from their worker. */
  @Test
  void executorsWithAnAgentAreToldToLeaveTheArchiveOut() throws Exception {
    fakeJava()
        .run(
            "train",
            "--master=spark://head:7077",
            "--conf",
            "spark.executor.extraJavaOptions=-Dx=y -XX:StartFlightRecording");

    assertTrue(
        words().contains("-Dspark.executorEnv.JDK_JAVA_OPTIONS=-Xshare:auto"), words().toString());
  }
}
