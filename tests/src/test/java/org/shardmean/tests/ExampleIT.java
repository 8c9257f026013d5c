package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.Training;
import org.shardmean.data.RealMnist;
import org.shardmean.report.SavedResult;

/** The program in docs/, which README shows. */
class ExampleIT {
  private static final Path PROGRAM = Project.ROOT.resolve("docs/Example.java");
  private static final Path OPTIONS = Project.ROOT.resolve("conf/java.options");

  @TempDir Path folder;

  @Test
  void readmeShowsIt() throws IOException {
    String readme = Files.readString(Project.ROOT.resolve("README.md"));
    String program = Files.readString(PROGRAM);
    String body =
        program.substring(program.indexOf("    try ("), program.lastIndexOf("\n  }\n}") + 1);

    assertTrue(readme.contains(body.indent(-4)), body);
    assertTrue(
        readme.contains(
            "java @conf/java.options -Dlog4j2.configurationFile=conf/log4j2.properties -cp"
                + " \"jobs/target/shardmean-jobs.jar:jobs/target/spark/jars/*\""
                + " docs/Example.java"));
  }

  @Test
  void theJvmsOptionsAreThoseThatSparkAsksFor() throws IOException {
    assertEquals(
        List.of(JavaModuleOptions.defaultModuleOptions().trim().split(" +", -1)),
        Files.readAllLines(OPTIONS).stream().filter(line -> !line.startsWith("#")).toList());
  }

  @Test
  void compilesAgainstTheLibrarysJar() throws Exception {
    Path library =
        Path.of(Training.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    Finished finished =
        Finished.of(
            new ProcessBuilder(
                program("javac"),
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                library + ":" + Project.SPARK_JARS + "/*",
                PROGRAM.toString()),
            folder);

    assertEquals(0, finished.exitCode(), finished.err());
  }

  @Test
  void runsAndLeavesARunsFolder() throws Exception {
    Path mnist = RealMnist.folder().toAbsolutePath();
    Files.createSymbolicLink(
        Files.createDirectories(folder.resolve("data")).resolve("mnist"), mnist);

    Finished finished = Finished.of(java(), folder);

    assertEquals(0, finished.exitCode(), finished.err());
    double accuracy = Double.parseDouble(finished.out().trim());
    assertTrue(accuracy > 0.97, finished.out());
    assertEquals(
        Set.of(
            "confusion.csv",
            "epochs.csv",
            "examined.bin",
            "model.zip",
            "report.html",
            "result.json"),
        filesIn(folder.resolve("runs/demo")));
    SavedResult result = TrainedRun.result(folder.resolve("runs/demo"));
    assertTrue(result.data().isMnist());
    assertEquals(7L, result.config().get("seed"));
    assertEquals(4L, result.config().get("workers"));
  }

  /** As README says, from another folder. */
  private ProcessBuilder java() {
    List<String> command = new ArrayList<>();
    command.add(program("java"));
    command.add("@" + OPTIONS);
    command.add("-Dlog4j2.configurationFile=" + Project.ROOT.resolve("conf/log4j2.properties"));
    command.addAll(
        List.of(
            "-cp", Project.APPLICATION_JAR + ":" + Project.SPARK_JARS + "/*", PROGRAM.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    return builder;
  }

  private static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static Set<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
