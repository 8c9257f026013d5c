package org.shardmean.jobs.grid;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.jobs.IdxFolders;
import org.shardmean.jobs.Main;
import org.shardmean.jobs.command.CommandLineJobs;
import org.shardmean.jobs.command.ExitCode;

/** Jobs that run grids in a folder of their own, on two cores. */
abstract class RunGrids {
  private static final Map<String, String> SPARK =
      Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");

  @TempDir Path folder;

  /** How a job ended. */
  record Ended(int code, List<String> errors) {}

  @BeforeAll
  static void onTwoCores() {
    SPARK.forEach(System::setProperty);
  }

  @AfterAll
  static void asBefore() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  /** How a job ended, and what it printed. */
  record Said(Ended ended, String text) {}

  static Said said(String... arguments) throws IOException {
    return said(() -> run(arguments));
  }

  /** Something that runs a job. */
  interface Command {
    Ended run() throws IOException;
  }

  static Said said(Command command) throws IOException {
    PrintStream console = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, UTF_8));
    try {
      return new Said(command.run(), text.toString(UTF_8));
    } finally {
      System.setOut(console);
    }
  }

  Ended grid(String out, String file, String... more) throws IOException {
    Path grid = Files.writeString(folder.resolve("grid.properties"), file);
    List<String> arguments = new ArrayList<>(List.of("grid", grid.toString(), "--out", path(out)));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--history")) {
      arguments.addAll(List.of("--history", path("history")));
    }
    return run(arguments.toArray(String[]::new));
  }

  static Ended run(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        new CommandLineJobs(Main.JOBS, Map.of(), System.out, new PrintStream(err, true, UTF_8))
            .run(List.of(arguments));
    return new Ended(code.number(), err.toString(UTF_8).lines().toList());
  }

  String data(String name, int height, int width, int classes, int count) throws IOException {
    return IdxFolders.write(folder.resolve(name), height, width, classes, count).toString();
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  List<Path> points(String out) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(out).resolve("points"))) {
      return all.sorted().toList();
    }
  }

  JsonNode json(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("grid.json").toFile());
  }
}
