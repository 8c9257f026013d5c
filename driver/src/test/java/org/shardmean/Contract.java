package org.shardmean;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The JSON schemas that {@code docs/} publishes, for tests that run in a module's folder. */
public final class Contract {
  private Contract() {}

  /** A schema, such as {@code result.schema.json}. */
  public static String text(String name) throws IOException {
    return Files.readString(Path.of("..", "docs", name));
  }

  /** What in {@code json} is not as the schema has it; empty when all is. */
  public static Set<String> faults(String name, JsonNode json) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(text(name))
        .validate(json)
        .stream()
        .map(Object::toString)
        .collect(Collectors.toSet());
  }
}
