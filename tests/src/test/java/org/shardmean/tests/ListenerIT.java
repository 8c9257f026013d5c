package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.Training;

/** {@code train} with listeners from outside, and its event files for TensorBoard. */
class ListenerIT {
  private static final String PROGRAM =
      """
      package example;

      import java.io.IOException;
      import java.io.UncheckedIOException;
      import java.nio.file.*;
      import org.shardmean.run.*;

      public final class Diary implements RunListener, AutoCloseable {
        @Override
        public void epochEnded(EpochRecord epoch) {
          write("epoch " + epoch.epoch());
        }

        @Override
        public void close() {
          write("end");
        }

        private static void write(String line) {
          try {
            Files.writeString(Path.of("diary.txt"), line + "\\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }

        public static final class Failing implements RunListener {
          @Override
          public void epochEnded(EpochRecord epoch) {
            throw new IllegalStateException("no more ink");
          }
        }
      }
      """;

  /** Where the listeners' classes are. */
  @TempDir private static Path classes;

  @TempDir Path folder;

  @BeforeAll
  static void compile() throws Exception {
    Path library =
        Path.of(Training.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path source = Files.writeString(classes.resolve("Diary.java"), PROGRAM);
    Finished finished =
        Finished.of(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                library.toString(),
                source.toString()),
            classes);
    assertEquals(0, finished.exitCode(), finished.err());
    JarFile.write(classes.resolve("listeners.jar"), classes, "example");
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("org.shardmean.run.RunListener"), "example.Diary\n");
    JarFile.write(classes.resolve("offering.jar"), classes, "META-INF");
  }

  @Test
  void aListenerThatIsNamedHearsOfTheRunAndOneThatFailsDoesNotStopIt() throws Exception {
    Finished finished = train("--listener", "example.Diary$Failing, example.Diary", "--epochs=3");

    assertEquals(0, finished.exitCode(), finished.err());
    assertEquals(
        List.of("epoch 1", "epoch 2", "epoch 3", "end"),
        Files.readAllLines(folder.resolve("diary.txt")));
    assertEquals(
        1,
        finished.out().lines().filter(line -> line.contains("no more ink")).count(),
        finished.out());
  }

  @Test
  void aListenerThatItsJarOffersHearsUnasked() throws Exception {
    Finished finished =
        new Launcher(folder)
            .run(
                "train",
                "--jars="
                    + classes.resolve("listeners.jar")
                    + ","
                    + classes.resolve("offering.jar"),
                "--data=generated:200",
                "--epochs=1",
                "--out=run");

    assertEquals(0, finished.exitCode(), finished.err());
    assertEquals(List.of("epoch 1", "end"), Files.readAllLines(folder.resolve("diary.txt")));
  }

  @Test
  void whatIsNoListenerIsRefusedTogetherAndNothingIsLeft() throws Exception {
    Finished finished = train("--listener", "example.Nobody,java.lang.String");

    assertEquals(2, finished.exitCode(), finished.err());
    assertEquals(2, finished.errors().size(), finished.err());
    assertTrue(finished.err().contains("--listener example.Nobody: expected"), finished.err());
    assertTrue(finished.err().contains("--listener java.lang.String: expected"), finished.err());
    assertTrue(Files.notExists(folder.resolve("run")));
  }

  @Test
  void tensorBoardFindsAFolderForTheRun() throws Exception {
    Finished finished = train("--tensorboard=boards", "--epochs=1");

    assertEquals(0, finished.exitCode(), finished.err());
    List<String> files = names(folder.resolve("boards/run"));
    assertEquals(1, files.size(), files.toString());
    assertTrue(files.get(0).startsWith("events.out.tfevents."), files.get(0));
  }

  private Finished train(String... more) throws IOException, InterruptedException {
    return new Launcher(folder)
        .run(
            Stream.concat(
                    Stream.of(
                        "train",
                        "--jars=" + classes.resolve("listeners.jar"),
                        "--data=generated:200",
                        "--out=run"),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
