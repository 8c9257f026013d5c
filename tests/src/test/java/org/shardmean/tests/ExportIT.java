package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.RealMnist;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.SavedModel;

/** {@code export}: other programs open what it writes, and find what the network is. */
class ExportIT {
  private static final double NEAR = 1e-6;
  private static final int ALL = 10_000;

  /** Where the network is that several tests export: trained on MNIST. */
  @TempDir private static Path shared;

  private static Path mnist;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws Exception {
    mnist = RealMnist.folder();
    done(shared, "train", "--data", mnist.toString(), "--epochs", "2", "--out", "run");
  }

  /** Two programs that compute in float32 are compared with the same sums in double precision. */
  @Test
  void onnxRuntimeSaysOfAllTestImagesWhatTheNetworkSays() throws Exception {
    Path run = shared.resolve("run/model.zip");
    done(folder, "export", "--model", run.toString(), "--out", "digits.onnx");
    done(
        folder,
        "predict",
        "--model",
        run.toString(),
        "--input",
        images().toString(),
        "--out",
        "ours.csv");

    List<String> ours = Files.readAllLines(folder.resolve("ours.csv"));
    byte[] pixels = testImages();
    Answers theirs = ask(folder.resolve("digits.onnx"), pixels, 784);

    assertEquals(ALL + 1, ours.size());
    SavedModel model = read(run);
    for (int i = 0; i < ALL; i++) {
      double[] exact = TextbookForward.outputs(model, scaled(pixels, i, 784));
      double[] row = row(ours.get(i + 1));
      assertEquals((long) row[1], theirs.predicted[i], "class of image " + i);
      for (int c = 0; c < 10; c++) {
        assertEquals(exact[c], theirs.probabilities[i][c], NEAR, "image " + i + ", class " + c);
        assertEquals(exact[c], row[2 + c], NEAR, "image " + i + ", class " + c);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"49-7, RELU", "20-9-5-3, SIGMOID", "1-4-2, TANH", "30-16-8-4-300, RELU"})
  void onnxRuntimeComputesNetworksOfOtherShapes(String layers, Activation hidden) throws Exception {
    SavedModel model = write(ModelSpec.parse(layers, hidden), "model.zip");
    done(folder, "export", "--model", "model.zip", "--out", "model.onnx");
    int inputs = model.spec().inputs();
    byte[] pixels = new byte[500 * inputs];
    SplittableRandom random = new SplittableRandom(11);
    random.nextBytes(pixels);

    Answers answers = ask(folder.resolve("model.onnx"), pixels, inputs);

    for (int i = 0; i < 500; i++) {
      double[] image = scaled(pixels, i, inputs);
      double[] expected = TextbookForward.outputs(model, image);
      double highest = Arrays.stream(expected).max().orElseThrow();
      for (int c = 0; c < expected.length; c++) {
        assertEquals(expected[c], answers.probabilities[i][c], NEAR);
      }
      assertEquals(highest, expected[(int) answers.predicted[i]], NEAR);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Output.class,
      names = {"IDENTITY", "SIGMOID", "SIGMOID_SQUARED"})
  void onnxRuntimeComputesNetworksWithoutClasses(Output output) throws Exception {
    SavedModel model =
        write(ModelSpec.parse("7-6-5", Activation.TANH).withOutput(output), "model.zip");
    done(folder, "export", "--model", "model.zip", "--out", "model.onnx");
    float[][] features = new float[50][7];
    SplittableRandom random = new SplittableRandom(12);
    for (float[] row : features) {
      for (int f = 0; f < row.length; f++) {
        row[f] = (float) (4 * random.nextDouble() - 2);
      }
    }

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(folder.resolve("model.onnx").toString());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, features);
        OrtSession.Result result = session.run(Map.of("features", tensor))) {
      float[][] outputs = (float[][]) result.get("outputs").orElseThrow().getValue();
      for (int i = 0; i < features.length; i++) {
        double[] row = new double[7];
        for (int f = 0; f < 7; f++) {
          row[f] = features[i][f];
        }
        double[] expected = TextbookForward.outputs(model, row);
        for (int o = 0; o < expected.length; o++) {
          assertEquals(expected[o], outputs[i][o], NEAR);
        }
      }
    }
  }

  @Test
  void theGraphsNamesAndTypesAreThoseOfTheDocuments() throws Exception {
    write(ModelSpec.parse("6-4-3", Activation.TANH), "model.zip");
    done(folder, "export", "--model", "model.zip", "--format", "onnx", "--out", "model.onnx");

    try (OrtSession session =
        OrtEnvironment.getEnvironment()
            .createSession(
                folder.resolve("model.onnx").toString(), new OrtSession.SessionOptions())) {
      assertEquals(List.of("pixels"), List.copyOf(session.getInputNames()));
      assertEquals(List.of("probabilities", "predicted"), List.copyOf(session.getOutputNames()));
      assertTensor(session.getInputInfo().get("pixels"), OnnxJavaType.UINT8, -1, 6);
      assertTensor(session.getOutputInfo().get("probabilities"), OnnxJavaType.FLOAT, -1, 3);
      assertTensor(session.getOutputInfo().get("predicted"), OnnxJavaType.INT64, -1);
      assertEquals("Shardmean", session.getMetadata().getProducerName());
      assertEquals("6-4-3", session.getMetadata().getCustomMetadata().get("layers"));
    }
  }

  @Test
  void numPyOpensTheArraysAndComputesWithThem() throws Exception {
    done(
        folder,
        "export",
        "--model",
        shared.resolve("run/model.zip").toString(),
        "--format",
        "npz",
        "--out",
        "digits.npz");
    Files.write(folder.resolve("pixels"), testImages());

    List<String> said =
        NumPy.run(
            folder,
            """
            import numpy
            model = numpy.load('%1$s/digits.npz')
            print(model['layers'].tolist(), model['layers'].dtype, model['hidden_activation'])
            for name in model.files:
                print(name, model[name].shape, model[name].dtype)
            pixels = numpy.fromfile('%1$s/pixels', dtype='u1').reshape(-1, 784)
            flowing = pixels / numpy.float32(255)
            for layer in range(1, len(model['layers'])):
                if layer > 1:
                    flowing = numpy.maximum(flowing, 0)
                flowing = flowing @ model[f'layer{layer}_weights'] + model[f'layer{layer}_biases']
            print(' '.join(map(str, flowing.argmax(axis=1))))
            """
                .formatted(folder));

    assertEquals("[784, 128, 64, 10] int64 relu", said.get(0));
    assertEquals("layers (4,) int64", said.get(1));
    assertEquals("layer1_weights (784, 128) float32", said.get(4));
    assertEquals("layer3_biases (10,) float32", said.get(9));
    Path onnx = folder.resolve("digits.onnx");
    done(
        folder,
        "export",
        "--model",
        shared.resolve("run/model.zip").toString(),
        "--out",
        "digits.onnx");
    assertArrayEquals(
        ask(onnx, testImages(), 784).predicted,
        Arrays.stream(said.get(10).split(" ")).mapToLong(Long::parseLong).toArray());
  }

  @Test
  void numPyFindsEachParameterInItsPlace() throws Exception {
    SavedModel model = write(ModelSpec.parse("5-3-2", Activation.SIGMOID), "model.zip");
    done(folder, "export", "--model", "model.zip", "--format", "npz", "--out", "model.npz");
    done(folder, "export", "--model", "model.zip", "--format", "csv", "--out", "model.csv");

    List<String> said =
        NumPy.run(
            folder,
            """
            import csv, numpy
            model = numpy.load('%1$s/model.npz')
            for row in csv.DictReader(open('%1$s/model.csv', newline='')):
                layer, unit = row['layer'], int(row['unit'])
                if row['kind'] == 'weight':
                    value = model[f'layer{layer}_weights'][int(row['input']), unit]
                else:
                    value = model[f'layer{layer}_biases'][unit]
                assert value == numpy.float32(row['value']), row
                print(value.view('i4'))
            """
                .formatted(folder));

    assertArrayEquals(
        intsOf(model.parameters()), said.stream().mapToInt(Integer::parseInt).toArray());
  }

  @Test
  void aFileThatIsThereIsKeptAndABadModelLeavesNone() throws Exception {
    write(ModelSpec.parse("6-4-3", Activation.TANH), "model.zip");
    Files.writeString(folder.resolve("mine.onnx"), "mine");
    Files.writeString(folder.resolve("bad.zip"), "bad");

    Finished kept = run("export", "--model", "model.zip", "--out", "mine.onnx");
    Finished bad = run("export", "--model", "bad.zip", "--out", "bad.onnx");
    Finished without = run("export", "--format", "pickle");

    assertEquals(2, kept.exitCode(), kept.err());
    assertTrue(kept.err().contains("--overwrite"), kept.err());
    assertEquals("mine", Files.readString(folder.resolve("mine.onnx")));
    assertEquals(3, bad.exitCode(), bad.err());
    assertTrue(Files.notExists(folder.resolve("bad.onnx")));
    assertEquals(2, without.exitCode(), without.err());
    assertTrue(without.err().contains("onnx, npz, csv, dl4j"), without.err());
    done(folder, "export", "--model", "model.zip", "--out", "mine.onnx", "--overwrite");
  }

  /**
   * What ONNX Runtime says.
   *
   * @param predicted a class for each image
   * @param probabilities of each class, for each image
   */
  private record Answers(long[] predicted, float[][] probabilities) {}

  private static Answers ask(Path model, byte[] pixels, int inputs) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ByteBuffer data = ByteBuffer.allocateDirect(pixels.length).order(ByteOrder.nativeOrder());
    data.put(pixels).flip();
    long[] shape = {pixels.length / inputs, inputs};
    try (OrtSession session =
            environment.createSession(model.toString(), new OrtSession.SessionOptions());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("pixels", tensor))) {
      return new Answers(
          (long[]) result.get("predicted").orElseThrow().getValue(),
          (float[][]) result.get("probabilities").orElseThrow().getValue());
    }
  }

  private static void assertTensor(NodeInfo found, OnnxJavaType type, long... shape) {
    TensorInfo tensor = (TensorInfo) found.getInfo();
    assertEquals(type, tensor.type);
    assertArrayEquals(shape, tensor.getShape());
  }

  private static double[] scaled(byte[] pixels, int image, int inputs) {
    double[] scaled = new double[inputs];
    for (int p = 0; p < inputs; p++) {
      scaled[p] = (pixels[image * inputs + p] & 0xff) / 255.0;
    }
    return scaled;
  }

  private static double[] row(String line) {
    return Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static SavedModel read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return SavedModel.read(in, file.toString());
    }
  }

  private static int[] intsOf(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static Path images() throws IOException {
    try (var files = Files.list(mnist)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("t10k-images"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static byte[] testImages() {
    ExampleSource test = RealMnist.load().test();
    byte[] pixels = new byte[test.count() * 784];
    for (int i = 0; i < test.count(); i++) {
      System.arraycopy(test.select(new int[] {i}).images().image(0), 0, pixels, i * 784, 784);
    }
    return pixels;
  }

  private SavedModel write(ModelSpec spec, String name) throws IOException {
    SavedModel model = new SavedModel(spec, InitialParameters.draw(spec, 5));
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      model.write(out);
    }
    return model;
  }

  private Finished run(String... words) throws IOException, InterruptedException {
    return new Launcher(folder).run(words);
  }

  private static void done(Path folder, String... words) throws IOException, InterruptedException {
    Finished finished = new Launcher(folder).run(words);
    assertEquals(0, finished.exitCode(), finished.err());
  }
}
