package org.shardmean.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.data.DataException;
import org.shardmean.data.IdxBytes;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.SavedModel;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalScorer;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;

class PredictorTest {
  private static final double NEAR = 1e-6;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"784-128-64-10, RELU", "784-10, RELU", "784-30-10, SIGMOID", "784-9-8-7-10, TANH"})
  void itSaysWhatTheEngineThatTrainsSays(String layers, Activation hidden) {
    SavedModel model = model(layers, hidden);
    Predictor predictor = new Predictor(model);
    ImageSet digits = IdxBytes.digits(300, 28, 28, 10);

    for (ClassifiedExample expected : classified(model, digits)) {
      byte[] pixels = expected.image().pixels();
      float[] probabilities = predictor.probabilities(pixels);
      for (int c = 0; c < 10; c++) {
        assertEquals(expected.image().probabilities()[c], probabilities[c], NEAR);
      }
      assertEquals(
          probabilities[expected.image().predicted()],
          probabilities[predictor.predict(pixels)],
          NEAR);
      assertArrayEquals(probabilities, predictor.probabilities(scaled(pixels)));
      assertEquals(predictor.predict(pixels), predictor.predict(scaled(pixels)));
    }
  }

  @Test
  void aFileGivesTheSameAnswersFromManyThreads() throws IOException {
    SavedModel model = model("16-8-5", Activation.TANH);
    Path file = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      model.write(out);
    }
    Predictor read = Predictor.read(file);
    byte[][] images = images(500, 16);

    List<float[]> together =
        IntStream.range(0, 500).parallel().mapToObj(i -> read.probabilities(images[i])).toList();

    assertEquals(16, read.inputs());
    assertEquals(5, read.classes());
    Predictor alone = new Predictor(model);
    for (int i = 0; i < 500; i++) {
      assertArrayEquals(alone.probabilities(images[i]), together.get(i));
    }
  }

  @Test
  void extremeSumsStayProbabilities() {
    ModelSpec spec = ModelSpec.parse("1-2", Activation.RELU);
    Predictor predictor = new Predictor(new SavedModel(spec, new float[] {3e38f, -3e38f, 0, 0}));

    assertArrayEquals(new float[] {1, 0}, predictor.probabilities(new float[] {1}));
    assertArrayEquals(new float[] {0, 1}, predictor.probabilities(new float[] {-1}));
    assertArrayEquals(new float[] {0.5f, 0.5f}, predictor.probabilities(new float[] {0}));
    assertEquals(0, predictor.predict(new float[] {0}));
  }

  @Test
  void whatIsNoExampleIsRefusedInALine() {
    Predictor predictor = new Predictor(model("4-3", Activation.RELU));

    assertRefused("expected 4 pixels", () -> predictor.predict(new byte[3]));
    assertRefused("expected 4 features", () -> predictor.probabilities(new float[5]));
    assertRefused("feature 2", () -> predictor.predict(new float[] {1, 2, Float.NaN, 4}));
    assertRefused("nowhere.zip", () -> Predictor.read(folder.resolve("nowhere.zip")));
    assertRefused("expected", () -> Predictor.read(folder));
  }

  @Test
  void aNetworkWithoutClassesGivesItsOutputs() {
    float[] parameters = {1, -2, 3, 0.5f, 10, -1};
    ModelSpec spec = ModelSpec.parse("2-2", Activation.RELU);
    float[] features = {2, 4};

    assertArrayEquals(
        new float[] {2 - 8 + 10, 6 + 2 - 1},
        new Predictor(new SavedModel(spec.withOutput(Output.IDENTITY), parameters))
            .outputs(features));
    for (Output sigmoid : List.of(Output.SIGMOID, Output.SIGMOID_SQUARED)) {
      Predictor predictor = new Predictor(new SavedModel(spec.withOutput(sigmoid), parameters));
      assertEquals(1 / (1 + Math.exp(-4)), predictor.outputs(features)[0], NEAR);
      assertEquals(0, predictor.classes());
      assertRefused("ends in sigmoid", () -> predictor.predict(features));
    }
  }

  private static void assertRefused(String words, Runnable ask) {
    String message = assertThrows(DataException.class, ask::run).getMessage();
    assertTrue(message.contains(words), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static SavedModel model(String layers, Activation hidden) {
    ModelSpec spec = ModelSpec.parse(layers, hidden);
    return new SavedModel(spec, InitialParameters.draw(spec, 8));
  }

  private static List<ClassifiedExample> classified(SavedModel model, ImageSet images) {
    LocalSettings settings =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(1), 50);
    try (LocalScorer scorer = new LocalScorer(model.spec(), settings)) {
      scorer.load(model.parameters());
      return scorer.classify(images);
    }
  }

  private static float[] scaled(byte[] pixels) {
    float[] features = new float[pixels.length];
    for (int p = 0; p < pixels.length; p++) {
      features[p] = (pixels[p] & 0xff) / 255f;
    }
    return features;
  }

  private static byte[][] images(int count, int pixels) {
    byte[][] images = new byte[count][pixels];
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < pixels; p++) {
        images[i][p] = (byte) (i * 31 + p * 17);
      }
    }
    return images;
  }
}
