package org.shardmean.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the jar that goes to the cluster, and in the Spark home beside it. */
class ApplicationJarIT {

  @Test
  void nothingInItIsInSparkToo() throws IOException {
    Set<String> ours = classes(Project.APPLICATION_JAR);
    Set<String> both = new TreeSet<>();
    for (Path jar : sparkJars()) {
      classes(jar).stream().filter(ours::contains).forEach(both::add);
    }
    assertEquals(Set.of(), both);
  }

  /** What Spark and DL4J both need must come from Spark, or the Spark home would lack it. */
  @Test
  void nothingThatSparkBringsIsOnlyInIt() throws IOException {
    Pattern sparks =
        Pattern.compile(
            "(org/(slf4j|apache/(spark|hadoop|logging|log4j|commons/(io|lang3|math3|text)))"
                + "|com/(fasterxml|google/(gson|flatbuffers|common))|scala|io/netty)/.*");

    assertEquals(
        List.of(),
        classes(Project.APPLICATION_JAR).stream()
            .filter(name -> sparks.matcher(name).matches())
            .sorted()
            .toList());
  }

  /** A cluster, or a job beside ours, may have them in another version. */
  @Test
  void librariesThatOthersMayBringHaveANameOfOurs() throws IOException {
    Set<String> ours = classes(Project.APPLICATION_JAR);
    Pattern theirs =
        Pattern.compile("(gg/jte|picocli|it/unimi|org/threeten|net/ericaro|com/jakewharton)/.*");

    assertEquals(
        List.of(), ours.stream().filter(name -> theirs.matcher(name).matches()).sorted().toList());
    assertTrue(ours.contains("org/shardmean/shaded/gg/jte/TemplateEngine.class"));
    assertTrue(ours.contains("org/nd4j/nativeblas/NativeOps.class"), "native code asks for it");
    assertTrue(ours.contains("org/bytedeco/javacpp/Loader.class"), "native code asks for it");
  }

  @Test
  void itNamesItsMainClassVersionAndCommit() throws IOException {
    try (JarFile jar = new JarFile(Project.APPLICATION_JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertEquals("org.shardmean.jobs.Main", manifest.getValue("Main-Class"));
      assertNotNull(manifest.getValue("Implementation-Version"));
      assertTrue(manifest.getValue("Git-Commit").matches("[0-9a-f]{40}(-dirty)?|unknown"));
    }
  }

  @Test
  void everyBackendOfNd4jIsStillDeclared() throws IOException {
    try (JarFile jar = new JarFile(Project.APPLICATION_JAR.toFile())) {
      String backends =
          new String(
              jar.getInputStream(
                      jar.getEntry("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend"))
                  .readAllBytes(),
              UTF_8);
      assertTrue(backends.contains("org.nd4j.linalg.cpu.nativecpu.CpuBackend"), backends);
    }
  }

  @Test
  void itIsUnsignedAndNoModule() throws IOException {
    try (JarFile jar = new JarFile(Project.APPLICATION_JAR.toFile())) {
      List<String> unwanted =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(
                  name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)|(.*/)?module-info\\.class"))
              .toList();
      assertEquals(List.of(), unwanted);
    }
  }

  /** For scanners; and what docs/security.md says of versions is true. */
  @Test
  void theInventoryHasEveryLibraryOfTheSparkHomeAndThoseThatAreKnownToBeVulnerable()
      throws IOException {
    JsonNode inventory =
        new ObjectMapper()
            .readTree(Project.ROOT.resolve("jobs/target/shardmean-sbom.json").toFile());
    Set<String> libraries = new TreeSet<>();
    inventory
        .path("components")
        .forEach(
            component ->
                libraries.add(
                    component.path("name").asText() + "-" + component.path("version").asText()));

    assertEquals("CycloneDX", inventory.path("bomFormat").asText());
    for (Path jar : sparkJars()) {
      String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
      assertTrue(libraries.stream().anyMatch(name::startsWith), name + " is not in the inventory");
    }
    String document = Files.readString(Project.ROOT.resolve("docs/security.md"));
    for (String library :
        List.of(
            "Netty netty-all",
            "ZooKeeper zookeeper",
            "OkHttp okhttp",
            "Janino janino",
            "lz4-java lz4-java",
            "Jackson jackson-databind",
            "Log4j log4j-core",
            "Commons Lang commons-lang3",
            "Commons Compress commons-compress",
            "Commons Net commons-net",
            "Okio okio",
            "Protobuf protobuf-java")) {
      String artifact = library.substring(library.lastIndexOf(' ') + 1);
      String version =
          libraries.stream()
              .filter(name -> name.matches(artifact + "-\\d.*"))
              .map(name -> name.substring(artifact.length() + 1).replace(".Final", ""))
              .collect(Collectors.joining(" and "));
      String named = library.substring(0, library.lastIndexOf(' ')) + " " + version;
      assertTrue(document.contains(named), "docs/security.md should name " + named);
    }
  }

  @Test
  void theSparkHomeHasOneVersionOfEverything() throws IOException {
    List<String> names =
        sparkJars().stream()
            .map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
            .filter(name -> !name.startsWith("netty-transport-native"))
            .toList();
    assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
    assertFalse(names.stream().anyMatch(name -> name.contains("nd4j")), names.toString());
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false, JarFile.OPEN_READ)) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .filter(name -> !name.endsWith("module-info.class"))
          .collect(Collectors.toSet());
    }
  }

  private static List<Path> sparkJars() throws IOException {
    try (Stream<Path> jars = Files.list(Project.SPARK_JARS)) {
      return jars.sorted().toList();
    }
  }
}
