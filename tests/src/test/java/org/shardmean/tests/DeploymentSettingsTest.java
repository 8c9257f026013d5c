package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/} and {@code conf/} repeat of the POMs and of each other agrees with them. */
class DeploymentSettingsTest {
  private static final String DOCKERFILE = "deploy/kubernetes/Dockerfile";
  private static final String KUBERNETES = "deploy/kubernetes/spark-kubernetes.conf";
  private static final String IN_IMAGE = "local:///opt/shardmean/shardmean-jobs.jar";

  @Test
  void theImageIsSparksOfThePomsVersion() throws Exception {
    String spark = Pom.property("spark.version");

    assertEquals("apache/spark:" + spark + "-java17", found(DOCKERFILE, "(?m)^FROM (\\S+)$"));
    for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
      assertEquals(spark, spec.get("sparkVersion").asText());
    }
  }

  @Test
  void theImagesTagIsTheProjectsVersion() throws Exception {
    String image = "shardmean:" + Pom.version();

    assertEquals(image, settings(KUBERNETES).get("spark.kubernetes.container.image"));
    assertEquals(image, found(DOCKERFILE, "-t (\\S+) \\."));
    assertEquals(image, found("deploy/kubernetes/README.md", "-t (\\S+) \\."));
    for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
      assertEquals(image, spec.get("image").asText());
    }
  }

  @Test
  void theMainClassIsThePomsAndIsThere() throws Exception {
    String mainClass = Pom.mainClass();

    Class.forName(mainClass).getMethod("main", String[].class);
    assertEquals(mainClass, found("deploy/submit", "(?m)^main_class=(\\S+)$"));
    assertEquals(mainClass, found("deploy/kubernetes/submit", "--class ([\\w.]+)"));
    for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
      assertEquals(mainClass, spec.get("mainClass").asText());
    }
  }

  @Test
  void theFlagsOfAJvmWithoutSparksLauncherAreSparks() throws Exception {
    assertEquals(
        JavaModuleOptions.defaultModuleOptions(), Pom.property("spark.module.options").strip());
  }

  @Test
  void theApplicationJarIsThePoms() throws Exception {
    String jar = Pom.jar("application.jar");

    assertEquals(jar, found(DOCKERFILE, "(?m)^COPY (\\S+\\.jar) "));
    assertEquals(jar, found("deploy/kubernetes/Dockerfile.dockerignore", "(?m)^!(\\S+\\.jar)$"));
    assertEquals(jar, found("deploy/submit", "(?m)^ +jar=\\$project/(\\S+)"));
    assertEquals(Pom.jar("executor.jar"), found("deploy/submit", "executor_jar=\\$project/(\\S+)"));
  }

  @Test
  void theJarsPlaceInTheImageIsWhereItIsLookedFor() throws Exception {
    assertEquals(IN_IMAGE, "local://" + found(DOCKERFILE, "(?m)^COPY \\S+\\.jar (\\S+)$"));
    assertEquals(IN_IMAGE, found("deploy/kubernetes/submit", "(local://\\S+)"));
    for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
      assertEquals(IN_IMAGE, spec.get("mainApplicationFile").asText());
    }
  }

  /** There, deploy/submit does not add them. */
  @Test
  void kubernetesGetsTheDefaultsOfTheLauncher() throws Exception {
    Map<String, String> defaults = settings("conf/spark-defaults.conf");
    defaults.keySet().removeIf(key -> key.equals("spark.master") || key.startsWith("spark.yarn."));

    defaults.putAll(settings("conf/security.conf"));
    for (String key :
        List.of(
            "spark.authenticate.secret.file",
            "spark.kubernetes.driver.secrets.shardmean-spark",
            "spark.kubernetes.executor.secrets.shardmean-spark")) {
      defaults.put(key, settings(KUBERNETES).get(key));
    }

    assertHolds(settings(KUBERNETES), defaults);
    for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
      assertHolds(sparkConf(spec), defaults);
    }
  }

  @Test
  void theNetworkPoliciesOpenThePortsThatSparkListensOn() throws Exception {
    Set<String> opened = new HashSet<>();
    for (JsonNode policy : Manifests.ofKind("NetworkPolicy")) {
      policy.at("/spec/ingress").findValues("port").forEach(port -> opened.add(port.asText()));
    }
    Set<String> listening = new HashSet<>(Set.of("4040"));
    for (String key :
        List.of("spark.driver.port", "spark.driver.blockManager.port", "spark.blockManager.port")) {
      listening.add(settings(KUBERNETES).get(key));
      for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
        assertEquals(settings(KUBERNETES).get(key), sparkConf(spec).get(key), key);
      }
    }

    assertEquals(listening, opened);
  }

  @Test
  void sparkSubmitUsesTheAccountsAndTheVolumeThatAreThere() throws Exception {
    Map<String, String> settings = settings(KUBERNETES);
    String prefix = "spark.kubernetes.";
    JsonNode train = Manifests.ofKind("SparkApplication").get(0).get("spec");

    assertEquals(
        train.at("/driver/serviceAccount").asText(),
        settings.get(prefix + "authenticate.driver.serviceAccountName"));
    assertEquals(
        train.at("/executor/serviceAccount").asText(),
        settings.get(prefix + "authenticate.executor.serviceAccountName"));
    assertEquals(
        train.at("/volumes/0/persistentVolumeClaim/claimName").asText(),
        settings.get(prefix + "driver.volumes.persistentVolumeClaim.data.options.claimName"));
    assertEquals(
        train.at("/driver/volumeMounts/0/mountPath").asText(),
        settings.get(prefix + "driver.volumes.persistentVolumeClaim.data.mount.path"));
  }

  /** All settings of a schedule come from run-grid, so that no two schedules differ. */
  @Test
  void everyScheduleOnAMachineCallsRunGridAndSetsNothingItself() throws Exception {
    for (String file :
        List.of("shardmean-grid.service", "shardmean-grid.cron", "shardmean_grid.py")) {
      String schedule = text("deploy/schedule/" + file);
      assertTrue(schedule.contains("/deploy/schedule/run-grid"), file);
      assertFalse(schedule.matches("(?s).*SHARDMEAN_(GRID|MASTER|RUNS|HISTORY).*"), file);
    }
    assertEquals(
        "/var/lib/"
            + found("deploy/schedule/shardmean-grid.service", "(?m)^StateDirectory=(\\S+)$"),
        found("deploy/schedule/shardmean-grid.cron", "(?m)^STATE_DIRECTORY=(\\S+)$"));
  }

  @Test
  void kubernetesRunsTheGridThatRunGridRuns() throws Exception {
    Properties settings = properties("deploy/schedule/grid.env");
    List<String> arguments = argumentsOfTheScheduledGrid();
    String volume = found(DOCKERFILE, "(?m)^WORKDIR (\\S+)$");

    assertEquals(
        found("deploy/schedule/run-grid", "deploy/submit (\\w+) --master"), arguments.get(0));
    assertTrue(
        arguments.contains(
            "--grid=/opt/shardmean/conf/experiments/%s.properties"
                .formatted(settings.getProperty("SHARDMEAN_GRID"))),
        arguments.toString());
    assertTrue(
        arguments.contains(
            "--history=%s/%s".formatted(volume, settings.getProperty("SHARDMEAN_HISTORY"))),
        arguments.toString());
  }

  /** Cores without a worker would be paid for and stand idle. */
  @Test
  void kubernetesStartsAsManyCoresAsTheGridHasWorkers() throws Exception {
    String grid = properties("deploy/schedule/grid.env").getProperty("SHARDMEAN_GRID");
    String[] workers =
        properties("conf/experiments/" + grid + ".properties").getProperty("workers").split(",");
    JsonNode executor =
        Manifests.ofKind("ScheduledSparkApplication").get(0).at("/spec/template/executor");

    assertEquals(
        Arrays.stream(workers).map(String::strip).mapToInt(Integer::parseInt).max().orElseThrow(),
        executor.get("instances").asInt() * executor.get("cores").asInt());
  }

  /** Others are dropped with a warning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf/spark-defaults.conf",
        "conf/observed.conf",
        "conf/security.conf",
        "deploy/yarn/spark-yarn.conf",
        KUBERNETES
      })
  void everyKeyForSparkIsSparks(String file) throws Exception {
    for (String key : settings(file).keySet()) {
      assertTrue(key.startsWith("spark."), key);
    }
  }

  private static Map<String, String> sparkConf(JsonNode spec) {
    return spec.get("sparkConf").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
  }

  private static List<String> argumentsOfTheScheduledGrid() throws IOException {
    List<String> arguments = new ArrayList<>();
    Manifests.ofKind("ScheduledSparkApplication")
        .get(0)
        .at("/spec/template/arguments")
        .forEach(argument -> arguments.add(argument.asText()));
    return arguments;
  }

  private static Properties properties(String file) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text(file)));
    return properties;
  }

  private static void assertHolds(Map<String, String> all, Map<String, String> some) {
    some.forEach((key, value) -> assertEquals(value, all.get(key), key));
  }

  private static Map<String, String> settings(String file) throws IOException {
    return text(file)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
  }

  private static String found(String file, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(text(file));
    assertTrue(matcher.find(), file + ": expected " + pattern);
    return matcher.group(1);
  }

  private static String text(String file) throws IOException {
    Path path = Project.ROOT.resolve(file);
    return Files.readString(path);
  }
}
