package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.SavedModel;
import org.shardmean.predict.Predictor;

/** The program in docs/models.md: a network answers in a JVM that has no Spark. */
class PredictExampleIT {
  private static final Path PROGRAM = Project.ROOT.resolve("docs/PredictExample.java");
  private static final Path DOCUMENT = Project.ROOT.resolve("docs/models.md");
  private static final int IMAGES = 40;

  @TempDir Path folder;

  @Test
  void theSmallJarAndJacksonAreEnough() throws Exception {
    SavedModel model = write();
    ImageSet digits =
        new GeneratedExamples(IMAGES, 3, true)
            .select(java.util.stream.IntStream.range(0, IMAGES).toArray());
    List<String> expected = new ArrayList<>();
    try (OutputStream out = Files.newOutputStream(folder.resolve("images.bytes"))) {
      for (int i = 0; i < IMAGES; i++) {
        out.write(digits.image(i));
        expected.add(String.valueOf(new Predictor(model).predict(digits.image(i))));
      }
    }

    Finished finished =
        Finished.of(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + folder.resolve("classes.log"),
                "-cp",
                classPath(),
                PROGRAM.toString(),
                folder.resolve("model.zip").toString(),
                folder.resolve("images.bytes").toString()),
            folder);

    assertEquals(0, finished.exitCode(), finished.err());
    assertEquals(expected, finished.out().lines().toList());
    assertTrue(expected.stream().distinct().count() > 1, "the digits are not all of one class");
    List<String> loaded = Files.readAllLines(folder.resolve("classes.log"));
    assertTrue(
        loaded.stream().anyMatch(line -> line.contains(" org.shardmean.predict.Predictor ")));
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(line -> line.matches(".* (org\\.apache\\.|org\\.bytedeco\\.|scala\\.).*"))
            .toList());
  }

  @Test
  void theDocumentShowsTheProgram() throws IOException {
    String line = "Predictor digits = Predictor.read(Path.of(arguments[0]));";

    assertTrue(Files.readString(PROGRAM).contains(line));
    assertTrue(Files.readString(DOCUMENT).contains(line));
  }

  private SavedModel write() throws IOException {
    ModelSpec spec = ModelSpec.parse("784-20-10", Activation.RELU);
    SavedModel model = new SavedModel(spec, InitialParameters.draw(spec, 5));
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.zip"))) {
      model.write(out);
    }
    return model;
  }

  private static String classPath() throws IOException {
    List<String> jars = new ArrayList<>(List.of(Project.EXECUTOR_JAR.toString()));
    try (Stream<Path> files = Files.list(Project.SPARK_JARS)) {
      files
          .map(Path::toString)
          .filter(file -> file.matches(".*/jackson-(core|databind|annotations)-2\\..*\\.jar"))
          .forEach(jars::add);
    }
    assertEquals(4, jars.size(), jars.toString());
    return String.join(":", jars);
  }
}
