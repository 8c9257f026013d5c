package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar and the POM that others depend on; {@code tests/publish} builds all and uses them. */
class LibraryJarIT {
  private static final Path JAR =
      Project.ROOT.resolve("driver/target/shardmean-driver-%s.jar".formatted(version()));

  private static String version() {
    try {
      return Pom.version();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itHoldsClassesOfOursAlone() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Set<String> classes =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .collect(Collectors.toSet());
      assertTrue(classes.contains("org/shardmean/ml/ShardmeanClassifier.class"));
      assertEquals(
          Set.of(),
          classes.stream()
              .filter(name -> !name.startsWith("org/shardmean/"))
              .collect(Collectors.toSet()));
    }
  }

  /** Who depends on it has Spark, and what Spark brings, from the cluster. */
  @Test
  void itsPomBringsNothingThatSparkBrings() throws Exception {
    List<String> brought =
        Pom.all(
            "driver/pom.xml",
            "/project//dependency[not(scope) or scope='compile' or scope='runtime']/groupId");
    assertEquals(
        Set.of("org.deeplearning4j", "org.nd4j", "org.bytedeco", "net.java.dev.jna", "gg.jte"),
        Set.copyOf(brought));
    assertTrue(
        Pom.all("driver/pom.xml", "/project//dependency[scope='provided']/groupId")
            .contains("org.apache.spark"));
  }

  @Test
  void thePomsSayWhatMavenCentralAsksFor() throws Exception {
    for (String asked :
        List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/url")) {
      assertEquals(1, Pom.all("pom.xml", "/project/" + asked).size(), asked);
    }
    for (String own : List.of("name", "description")) {
      assertEquals(1, Pom.all("driver/pom.xml", "/project/" + own).size(), own);
    }
    for (String plugin : List.of("maven-source-plugin", "maven-javadoc-plugin")) {
      assertEquals(
          List.of(plugin),
          Pom.all(
              "pom.xml",
              "//profile[id='publish']//plugin[artifactId='%s']/artifactId".formatted(plugin)));
    }
  }
}
