package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/submit} from outside: what it understands, refuses, passes on and ends with. */
class LauncherIT extends LaunchesFakePrograms {
  @Test
  void helpListsTheJobsAndNothingElseIsSaid() throws Exception {
    Finished help = launcher.run("--help");

    assertEquals("", help.err());
    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("train "), help.out());
    assertTrue(help.out().contains("--master URL"), help.out());
  }

  @Test
  void withoutAJobItSaysHowItIsUsed() throws Exception {
    Finished finished = launcher.run();

    assertEquals(2, finished.exitCode());
    assertTrue(finished.err().startsWith("Usage: deploy/submit JOB"), finished.err());
  }

  @Test
  void anUnknownJobIsToldTheNearest() throws Exception {
    Finished finished = launcher.run("trian", "--master", "local[1]");

    assertEquals(2, finished.exitCode());
    assertEquals(1, finished.errors().size(), finished.err());
    assertTrue(finished.err().contains("did you mean train?"), finished.err());
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws Exception {
    Files.writeString(folder.resolve("mine.properties"), "epochs = 0\nsed = 1\n");

    Finished finished =
        launcher.run("train", "--workers=none", "--layer", "784-10", "--config", "mine.properties");

    assertEquals(2, finished.exitCode());
    assertEquals(
        List.of(
            "error: --layer: unknown option, did you mean --layers?; see deploy/submit train --help",
            "error: mine.properties, line 2: sed: unknown setting, did you mean seed?",
            "error: mine.properties, line 1: epochs: expected a whole number of at least 1, found"
                + " '0'",
            "error: --workers: expected a whole number of at least 1, found 'none'"),
        finished.errors());
  }

  @Test
  void sparksOptionsAreCheckedBeforeSparkStarts() throws Exception {
    assertRefused("--master: expected a value", launcher.run("train", "--master"));
    assertRefused("--master: expected local[N]", launcher.run("train", "--master=spark:7077"));
    assertRefused("--deploy-mode: expected client", launcher.run("train", "--deploy-mode", "x"));
    assertRefused("--conf: expected spark.KEY=VALUE", launcher.run("train", "--conf", "a=b"));
    assertRefused(
        "--properties-file: expected a readable file",
        launcher.run("train", "--properties-file=none.conf"));
  }

  @Test
  void aWrongJavaIsOneLine() throws Exception {
    Path java = script("jdk8/bin/java", "echo 'openjdk version \"1.8.0_392\"' >&2");

    assertRefused(
        "expected Java 17 to 21, found Java 1;",
        launcher.with("JAVA_HOME", java.getParent().getParent().toString()).run("train"));
    assertRefused(
        "expected Java 17 to 21, found none that starts",
        launcher.with("JAVA_HOME", folder.resolve("none").toString()).run("train"));
  }

  @Test
  void aSparkHomeWithoutSparkIsOneLine() throws Exception {
    assertRefused(
        "expected Spark 3.5 for Scala 2.12", launcher.with("SPARK_HOME", "/nowhere").run("train"));
  }

  @Test
  void anInstalledSparkGetsItsOptionsAndTheJobGetsTheRest() throws Exception {
    List<String> words =
        installedSpark()
            .run(
                "train",
                "--master=local[1]",
                "--name",
                "two words",
                "--conf",
                "spark.x=1",
                "--epochs=2")
            .out()
            .lines()
            .toList();

    int jar = words.indexOf(Project.APPLICATION_JAR.toString());
    assertEquals(
        List.of("train", "--name", "two words", "--epochs=2"),
        words.subList(jar + 1, words.size()));
    assertEquals(
        List.of(
            "--class", "org.shardmean.jobs.Main", "--master", "local[1]", "--conf", "spark.x=1"),
        words.subList(words.indexOf("--class"), jar));
    assertTrue(words.indexOf("spark.master=local[*]") < words.indexOf("--class"));
  }

  @Test
  void whatTheUsersPropertiesSayIsNotSaidByOurs() throws Exception {
    Files.writeString(
        folder.resolve("my cluster.conf"),
        "spark.master  spark://head:7077\nspark.driver.memory=9g\n");

    String words = installedSpark().run("train", "--properties-file", "my cluster.conf").out();

    assertFalse(words.contains("spark.master="), words);
    assertFalse(words.contains("spark.driver.memory="), words);
    assertTrue(words.contains("spark.executorEnv.OMP_NUM_THREADS=1"), words);
    assertTrue(words.contains("--properties-file\nmy cluster.conf\n"), words);
  }

  /** Runs on YARN ended in other bits than local ones where the environment names the kernels. */
  @Test
  void theKernelsThatTheEnvironmentNamesGoToEveryMachine() throws Exception {
    String words = installedSpark().with("OPENBLAS_CORETYPE", "Nehalem").run("train").out();

    for (String where : List.of("executorEnv", "yarn.appMasterEnv", "kubernetes.driverEnv")) {
      assertTrue(words.contains("spark." + where + ".OPENBLAS_CORETYPE=Nehalem\n"), words);
    }
  }

  @Test
  void theLastDefaultNeedsNoNewline() throws Exception {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    for (String part : List.of("deploy", "pom.xml", "driver", "jobs")) {
      Files.createSymbolicLink(checkout.resolve(part), Project.ROOT.resolve(part));
    }
    Path conf = Files.createDirectories(checkout.resolve("conf"));
    Files.createSymbolicLink(
        conf.resolve("defaults.properties"), Project.ROOT.resolve("conf/defaults.properties"));
    Files.writeString(conf.resolve("spark-defaults.conf"), "spark.first 1\nspark.last 2");

    String words =
        new Launcher(checkout, folder).with("SPARK_HOME", sparkHome()).run("train").out();

    assertTrue(words.contains("spark.first=1\n"), words);
    assertTrue(words.contains("spark.last=2\n"), words);
  }

  @Test
  void theExitCodeOfAnInstalledSparkIsPassedOn() throws Exception {
    Launcher launcher = installedSpark();
    script("spark/bin/spark-submit", "exit 7");

    assertEquals(7, launcher.run("train").exitCode());
  }

  @Test
  void aLocalRunIsOneJvmWithTheOptionsAsProperties() throws Exception {
    fakeJava()
        .run(
            "train",
            "--driver-memory=3g",
            "--conf",
            "spark.local.dir=/a b",
            "--conf",
            "spark.master=local[1]",
            "--master=local[2]",
            "--executor-memory",
            "5g",
            "--name",
            "two words");
    List<String> words = words();

    int main = words.indexOf("org.shardmean.jobs.Main");
    assertEquals(List.of("train", "--name", "two words"), words.subList(main + 1, words.size()));
    assertTrue(words.contains("-Xmx3g"), words.toString());
    assertTrue(words.contains("-Dspark.local.dir=/a b"), words.toString());
    assertTrue(words.contains("-Dspark.executor.memory=5g"), words.toString());
    assertEquals("-Dspark.master=local[2]", last(words, "-Dspark.master="));
    assertEquals("-Dspark.driver.memory=3g", last(words, "-Dspark.driver.memory="));
    // Nothing fetches the jar: its classes are in the class path.
    assertTrue(words.stream().noneMatch(word -> word.startsWith("-Dspark.jars")), words.toString());
  }

  @Test
  void executorsOfAStandaloneClusterAreToldWhereTheJarIs() throws Exception {
    fakeJava().run("train", "--master", "spark://head:7077", "--total-executor-cores", "2");
    List<String> words = words();

    assertTrue(words.contains("-Dspark.jars=" + Project.EXECUTOR_JAR), words.toString());
    assertTrue(words.contains("-Dspark.cores.max=2"), words.toString());
    assertTrue(words.contains("org.shardmean.jobs.Main"), words.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--master yarn",
        "--master k8s://https://host:6443",
        "--deploy-mode cluster",
        "--packages a:b:1",
        "--jars other.jar",
        "--files data.txt",
        "--verbose",
        "--driver-java-options -Dx=y",
        "--driver-class-path other.jar",
        "--conf spark.driver.extraJavaOptions=-Dx=y",
        "--conf spark.driver.extraClassPath=other.jar",
        "--conf spark.submit.deployMode=cluster",
        "--properties-file mine.conf",
      })
  void whatSparkSubmitAloneCanDoIsLeftToIt(String options) throws Exception {
    Files.writeString(folder.resolve("mine.conf"), "spark.x 1\n");
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(List.of(options.split(" ")));

    fakeJava().run(arguments.toArray(String[]::new));

    assertTrue(words().contains("org.apache.spark.launcher.Main"), words().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPARK_SUBMIT_OPTS", "SPARK_CONF_DIR", "HADOOP_CONF_DIR"})
  void whatSparkSubmitReadsFromTheEnvironmentIsLeftToIt(String variable) throws Exception {
    fakeJava().with(variable, folder.toString()).run("train");

    assertTrue(words().contains("org.apache.spark.launcher.Main"), words().toString());
  }

  @Test
  void theDriverGetsFourGigabytesOrHalfOfASmallerMachine() throws Exception {
    long machine =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    long expected = Math.min(4096, machine / 2 / 1024 / 1024);

    fakeJava().run("train");

    Matcher memory = Pattern.compile("-Xmx(\\d+)m").matcher(last(words(), "-Xmx"));
    assertTrue(memory.matches(), words().toString());
    assertTrue(Math.abs(expected - Long.parseLong(memory.group(1))) <= 1, words().toString());
  }

  @Test
  void aBuiltCheckoutRunsFromAnyFolderUnderAnyNameWithoutBuilding() throws Exception {
    Path checkout = Files.createDirectories(folder.resolve("a checkout/with 'odd' names"));
    for (String part : List.of("deploy", "conf", "pom.xml", "driver", "jobs")) {
      Files.createSymbolicLink(checkout.resolve(part), Project.ROOT.resolve(part));
    }
    Path elsewhere = Files.createDirectories(folder.resolve("some where"));
    Files.writeString(elsewhere.resolve("my settings.properties"), "epochs = 0\n");

    Finished finished =
        new Launcher(checkout, elsewhere).run("train", "--config", "my settings.properties");

    assertRefused("my settings.properties, line 1: epochs", finished);
  }
}
