package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --log-level} and {@code --log-format}: what stands on standard error. */
class LogIT {
  @TempDir Path folder;

  private Finished train(String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("train", "--data", "generated:200", "--epochs", "1", "--out", "run"));
    words.addAll(List.of(more));
    Finished finished = new Launcher(folder).run(words.toArray(String[]::new));
    assertEquals(0, finished.exitCode(), finished.err());
    return finished;
  }

  @Test
  void eachLineIsAnObjectOfJson() throws Exception {
    Finished finished = train("--log-level", "info", "--log-format", "json");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : finished.err().lines().filter(one -> one.contains("loggerName")).toList()) {
      JsonNode event = new ObjectMapper().readTree(line);
      assertTrue(event.path("message").isTextual(), line);
      assertTrue(event.path("instant").path("epochSecond").isNumber(), line);
      lines.add(event);
    }
    assertTrue(
        lines.stream()
            .anyMatch(
                event ->
                    event.path("level").textValue().equals("INFO")
                        && event.path("loggerName").textValue().startsWith("org.apache.spark")),
        finished.err());
    List<String> others =
        finished
            .err()
            .lines()
            .dropWhile(line -> !line.startsWith("{")) // What the launcher says, and Java's notes.
            .filter(line -> !line.startsWith("{"))
            .toList();
    assertEquals(List.of(), others);
    assertTrue(finished.out().contains("Best epoch 1"), "the console stays as it is");
  }

  @Test
  void theLevelIsThatOfSparkToo() throws Exception {
    assertFalse(train().err().contains("DAGScheduler"));
    String info = train("--log-level", "info", "--overwrite").err();
    assertTrue(info.contains(" INFO  SparkContext: ") || info.contains("INFO  "), info);
    assertFalse(info.contains(" DEBUG "), "not finer than asked for");
  }
}
