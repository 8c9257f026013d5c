package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code compare} on a laptop and on a cluster, on other shapes than MNIST's, without rivals. */
class CompareIT {
  private static final List<String> ALL =
      List.of("shardmean", "dl4j-defaults", "dl4j-equal", "mllib", "shardmean-again");

  @TempDir Path folder;

  @Test
  void allTrainOnAFolderOfImagesOfAnotherShapeOnThisMachine() throws Exception {
    Path images = stripes(folder.resolve("stripes"), 6, 9, 3, 900);

    Finished finished =
        compare(
            "--master",
            "local[2]",
            "--data",
            images.toString(),
            "--layers",
            "54-12-3",
            "--hidden-activation",
            "tanh",
            "--workers",
            "3",
            "--batch-size",
            "10",
            "--rounds-per-epoch",
            "3");

    JsonNode comparison = learnedBy(finished, 0.5);
    assertEquals("54-12-3", comparison.get("network").textValue());
    assertEquals(3, comparison.get("data").get("classes").intValue());
    // 900 images over 3 workers, batches of 10 and 3 rounds: ten minibatches between averagings.
    JsonNode equal = comparison.get("contenders").get(2).get("settings");
    assertEquals("10", equal.get("averagingFrequency").textValue());
    assertEquals("3", equal.get("averagings an epoch").textValue());
    assertEquals("3", equal.get("workers").textValue());
  }

  /** Of the shapes that {@code ShapesIT} knows, those furthest from MNIST's. */
  @ParameterizedTest
  @CsvSource({"1, 1, 10", "28, 28, 256"})
  void allTrainOnTheSmallestImagesAndTheMostClasses(int height, int width, int classes)
      throws Exception {
    Path images = stripes(folder.resolve("stripes"), height, width, classes, 600);

    Finished finished = compare("--master", "local[2]", "--data", images.toString());

    JsonNode comparison = learnedBy(finished, -1);
    assertEquals(classes, comparison.get("data").get("classes").intValue());
  }

  @Test
  void allTrainOnAStandaloneCluster() throws Exception {
    List<String> options = new ArrayList<>(List.of("--data", "generated:1200"));
    Finished finished;
    try (StandaloneCluster cluster = StandaloneCluster.start(2, folder)) {
      options.addAll(cluster.driverOptions());
      finished = compare(options.toArray(String[]::new));
    }

    JsonNode comparison = learnedBy(finished, 0.3);
    assertEquals(2, comparison.get("environment").get("executors").intValue());
    assertTrue(
        comparison
            .get("contenders")
            .get(3)
            .get("settings")
            .get("linear algebra")
            .textValue()
            .startsWith("JNIBLAS"),
        comparison::toString);
  }

  /** As where nothing could be fetched: the application's jar alone. */
  @Test
  void withoutTheirLibrariesTheRestIsReportedAndTheExitCodeSaysSo() throws Exception {
    ProcessBuilder builder =
        SparkJvm.of(
            folder,
            "org.apache.spark.deploy.SparkSubmit",
            List.of(
                "--master",
                "local[2]",
                "--class",
                "org.shardmean.jobs.Main",
                Project.APPLICATION_JAR.toString(),
                "compare",
                "--data",
                "generated:300",
                "--epochs",
                "1",
                "--out",
                folder.resolve("out").toString()));

    Finished finished = Finished.of(builder, folder);

    assertEquals(6, finished.exitCode(), finished.err());
    assertTrue(finished.err().contains("3 of 3 rivals could not run to their end"), finished.err());
    JsonNode contenders = comparison().get("contenders");
    for (int c = 1; c <= 3; c++) {
      assertTrue(
          contenders.get(c).get("problem").textValue().startsWith("its library is not here"),
          contenders::toString);
    }
    assertEquals(1, contenders.get(0).get("milestones").size());
    assertTrue(
        Files.readString(folder.resolve("out/report.html")).contains("Not all of them could run"));
  }

  @Test
  void aComparisonThatIsThereIsNotReplacedUnasked() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/comparison.csv"), "mine");

    Finished finished = compare("--master", "local[1]", "--data", "generated:100");

    assertEquals(2, finished.exitCode(), finished.err());
    assertTrue(finished.err().contains("replace it with --overwrite"), finished.err());
    assertEquals("mine", Files.readString(folder.resolve("out/comparison.csv")));
  }

  private Finished compare(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("compare"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--epochs", "2", "--mllib-iterations", "20"));
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    return new Launcher(folder).run(arguments.toArray(String[]::new));
  }

  /** All contenders ended well, and did better than {@code least} in the end. */
  private JsonNode learnedBy(Finished finished, double least) throws IOException {
    assertEquals(0, finished.exitCode(), finished.err() + finished.out());
    JsonNode comparison = comparison();
    List<String> ids = new ArrayList<>();
    for (JsonNode contender : comparison.get("contenders")) {
      ids.add(contender.get("id").textValue());
      JsonNode milestones = contender.get("milestones");
      JsonNode last = milestones.get(milestones.size() - 1);
      assertTrue(last.get("accuracy").doubleValue() > least, contender::toString);
      assertTrue(last.get("seconds").doubleValue() > 0, contender::toString);
      assertFalse(contender.get("settings").get("version").textValue().isEmpty());
    }
    assertEquals(ALL, ids);
    assertTrue(Files.isRegularFile(folder.resolve("out/report.html")));
    assertTrue(Files.isRegularFile(folder.resolve("out/shardmean/report.html")));
    long lines = Files.readString(folder.resolve("out/comparison.csv")).lines().count();
    assertEquals(1 + 2 + 2 + 2 + MILESTONES_OF_TWENTY + 2, lines);
    return comparison;
  }

  /** 1, 2, 5, 10 and 20 iterations. */
  private static final int MILESTONES_OF_TWENTY = 5;

  private JsonNode comparison() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/comparison.json").toFile());
  }

  /** Images with a bright stripe that depends on the class. */
  private static Path stripes(Path folder, int height, int width, int classes, int count)
      throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = new SplittableRandom(1);
    for (String part : List.of("train", "t10k")) {
      ByteBuffer images = ByteBuffer.allocate(16 + count * height * width);
      ByteBuffer labels = ByteBuffer.allocate(8 + count);
      images.putInt(0x803).putInt(count).putInt(height).putInt(width);
      labels.putInt(0x801).putInt(count);
      for (int i = 0; i < count; i++) {
        int label = i % classes;
        labels.put((byte) label);
        for (int p = 0; p < height * width; p++) {
          boolean bright = p / width * classes / height == label;
          images.put((byte) (random.nextInt(100) + (bright ? 150 : 0)));
        }
      }
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    return folder;
  }
}
