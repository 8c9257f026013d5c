package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.IdxBytes;
import org.shardmean.data.ImageSet;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;

/** Executors of a standalone cluster read IDX files in parts; here small ones, by a setting. */
class IdxOnExecutorsIT {
  private static final List<String> IN_PARTS =
      List.of("--conf", "spark.shardmean.idxBytesOnDriver=0");

  @TempDir static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    IdxBytes.writeFolder(folder.resolve("digits"), digits(3000, false), digits(500, true));
    Files.createDirectories(folder.resolve("events"));
    cluster = StandaloneCluster.start(2, folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static ImageSet digits(int count, boolean forTest) {
    return new GeneratedExamples(count, 1, forTest).select(IntStream.range(0, count).toArray());
  }

  @Test
  void aTrainingEndsInTheSameBitsWhoeverReadsTheImages() throws Exception {
    String[] settings = {"--workers=5", "--epochs=2", "--validation=0.2", "--reshuffle"};

    SavedResult byDriver = train("by-driver", List.of(), settings);
    SavedResult byExecutors = train("by-executors", IN_PARTS, settings);

    assertEquals(byDriver.parametersSha256(), byExecutors.parametersSha256());
    assertEquals(byDriver.data().checksum(), byExecutors.data().checksum());
    assertEquals(2, byExecutors.environment().executors());
    assertEquals(0, jobsThatDigest("by-driver"));
    assertTrue(jobsThatDigest("by-executors") >= 2, "training and test images");
  }

  @Test
  void labelsThatAreCutShortAreRefusedInOneLine() throws Exception {
    Path spoilt = folder.resolve("spoilt");
    IdxBytes.writeFolder(spoilt, digits(300, false), digits(50, true));
    Path labels = spoilt.resolve("train-labels-idx1-ubyte");
    Files.write(labels, Arrays.copyOf(Files.readAllBytes(labels), 200));

    Finished finished = launch("spoilt-run", IN_PARTS, "--data=" + spoilt, "--epochs=1");

    assertEquals(3, finished.exitCode(), finished.err());
    assertEquals(
        1,
        finished.errors().stream().filter(line -> line.startsWith("error:")).count(),
        finished.err());
    assertTrue(finished.err().contains("train-labels-idx1-ubyte"), finished.err());
    assertTrue(finished.err().contains("300 more bytes"), finished.err());
  }

  private static SavedResult train(String name, List<String> options, String... settings)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--data=" + folder.resolve("digits"));
    Finished finished = launch(name, options, all.toArray(String[]::new));
    assertEquals(0, finished.exitCode(), finished.err());
    Path result = folder.resolve(name).resolve("result.json");
    return ResultJson.read(result.toString(), Files.readString(result));
  }

  private static Finished launch(String name, List<String> options, String... settings)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(cluster.driverOptions());
    arguments.addAll(List.of("--conf", "spark.eventLog.enabled=true"));
    Path events = Files.createDirectories(folder.resolve("events").resolve(name));
    arguments.addAll(List.of("--conf", "spark.eventLog.dir=" + events.toUri()));
    arguments.addAll(options);
    arguments.addAll(List.of(settings));
    arguments.add("--out=" + name);
    return new Launcher(folder).run(arguments.toArray(String[]::new));
  }

  /** By Spark's own record of the run. */
  private static long jobsThatDigest(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("events").resolve(name))) {
      long jobs = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          jobs +=
              lines
                  .filter(line -> line.contains("SparkListenerJobStart"))
                  .filter(line -> line.contains("digesting file:"))
                  .count();
        }
      }
      return jobs;
    }
  }
}
