package org.shardmean.tests;

import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Kubernetes manifests of {@code deploy/kubernetes}, and fabric8's typed model of them. */
final class Manifests {
  static final Path FOLDER = Project.ROOT.resolve("deploy/kubernetes");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** fabric8 keeps fields that it does not know; here they are errors. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private Manifests() {}

  /** The documents of all files. */
  static List<JsonNode> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> documents(file).stream())
          .collect(toList());
    }
  }

  /** The documents of one kind. */
  static List<JsonNode> ofKind(String kind) throws IOException {
    return all().stream().filter(manifest -> kind.equals(manifest.path("kind").asText())).toList();
  }

  static JsonNode parse(String yaml) throws IOException {
    return YAML.readTree(yaml);
  }

  /**
   * @throws IllegalArgumentException when it has a field that the type has not, or a wrong value
   */
  static <T> T typed(JsonNode manifest, Class<T> type) {
    return STRICT.convertValue(manifest, type);
  }

  private static List<JsonNode> documents(Path file) {
    try {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
