package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    assertEquals(mainClass, found("deploy/submit", "--class ([\\w.]+)"));
    assertEquals(mainClass, found("deploy/kubernetes/submit", "--class ([\\w.]+)"));
    assertEquals(mainClass, found("deploy/schedule/shardmean_grid.py", "java_class=\"([^\"]+)\""));
    for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
      assertEquals(mainClass, spec.get("mainClass").asText());
    }
  }

  @Test
  void theApplicationJarIsThePoms() throws Exception {
    String jar = Pom.applicationJar();

    assertEquals(jar, found(DOCKERFILE, "(?m)^COPY (\\S+\\.jar) "));
    assertEquals(jar, found("deploy/kubernetes/Dockerfile.dockerignore", "(?m)^!(\\S+\\.jar)$"));
    assertEquals(jar, found("deploy/submit", "jar=\\$project/(\\S+)"));
    assertEquals(jar, found("deploy/schedule/shardmean_grid.py", "PROJECT / \"(\\S+\\.jar)\""));
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

  @Test
  void everyScheduleRunsTheSameGrid() throws Exception {
    String grid = found("deploy/schedule/grid.env", "(?m)^SHARDMEAN_GRID=(\\S+)$");
    JsonNode scheduled = Manifests.ofKind("ScheduledSparkApplication").get(0);
    List<String> arguments =
        Stream.iterate(0, i -> i + 1)
            .limit(scheduled.at("/spec/template/arguments").size())
            .map(i -> scheduled.at("/spec/template/arguments/" + i).asText())
            .toList();

    assertEquals("scaling", arguments.get(0));
    assertTrue(
        arguments.contains("--grid=/opt/shardmean/conf/experiments/" + grid + ".properties"),
        arguments.toString());
    for (String file : List.of("shardmean-grid.service", "shardmean-grid.cron")) {
      assertTrue(text("deploy/schedule/" + file).contains("/deploy/schedule/run-grid"), file);
    }
  }

  /** Others are dropped with a warning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf/spark-defaults.conf",
        "conf/observed.conf",
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
