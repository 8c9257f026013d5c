package org.shardmean.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.shardmean.data.DataException;
import org.shardmean.data.IdxBytes;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalScorer;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;

class SavedModelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"9-4", "9-5-4", "9-7-5-4", "9-1-4"})
  void whatWasWrittenIsReadBackToTheBit(String layers) throws IOException {
    for (Output output : Output.values()) {
      for (org.shardmean.model.Activation hidden : org.shardmean.model.Activation.values()) {
        ModelSpec spec = ModelSpec.parse(layers, hidden).withOutput(output);
        SavedModel model = new SavedModel(spec, InitialParameters.draw(spec, 3));

        SavedModel read = read(bytes(model));

        assertArrayEquals(model.parameters(), read.parameters());
        assertEquals(spec.layers(), read.spec().layers());
        assertEquals(output, read.spec().output());
        if (spec.weightLayers() > 1) {
          assertEquals(hidden, read.spec().hidden());
        }
      }
    }
  }

  @Test
  void theLongestNetworkIsReadBack() throws IOException {
    ModelSpec longest =
        new ModelSpec(Collections.nCopies(300, 2), org.shardmean.model.Activation.RELU);

    assertEquals(
        longest, read(bytes(new SavedModel(longest, new float[longest.parameters()]))).spec());
  }

  /** Wherever and whenever it is written; whoever changes the format sees it here. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Pacific/Kiritimati"})
  void theSameModelIsTheSameFile(String timeZone) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(timeZone));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(small()));
      assertEquals(
          "85ebf27b2b5c8e496a20b43bc713c3f8326534f5ef1b16dde39c76b837a28991",
          HexFormat.of().formatHex(digest));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itHoldsWhatDl4jWouldWrite(ModelSpec spec) throws IOException {
    SavedModel model = new SavedModel(spec, InitialParameters.draw(spec, 3));
    ObjectMapper json = new ObjectMapper();
    MultiLayerNetwork network = Dl4jNetworks.network(spec, model.parameters(), new Sgd(), 0);

    Map<String, byte[]> expected = ZipBytes.entries(saved(network));
    Map<String, byte[]> found = ZipBytes.entries(bytes(model));

    assertArrayEquals(expected.get("coefficients.bin"), found.get("coefficients.bin"));
    assertEquals(
        json.readTree(expected.get("configuration.json")),
        json.readTree(found.get("configuration.json")));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void dl4jOpensItAndPredictsAsOurEnginesDo(ModelSpec spec) throws IOException {
    SavedModel model = new SavedModel(spec, InitialParameters.draw(spec, 3));
    ImageSet digits = IdxBytes.digits(20, 3, 3, 4);
    float[][] pixels = new float[digits.count()][digits.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      digits.scaleInto(i, pixels[i], 0);
    }

    MultiLayerNetwork opened =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes(model)), true);
    assertArrayEquals(model.parameters(), opened.params().dup().data().asFloat());
    float[][] expected;
    try (INDArray input = org.nd4j.linalg.factory.Nd4j.createFromArray(pixels)) {
      expected = opened.output(input).toFloatMatrix();
    }

    for (EngineKind engine : EngineKind.values()) {
      LocalSettings settings = LocalSettings.of(engine, Optimizer.SGD, LearningRate.constant(1), 8);
      try (LocalScorer scorer = new LocalScorer(spec, settings)) {
        scorer.load(model.parameters());
        List<ClassifiedExample> found = scorer.classify(digits);
        for (int i = 0; i < expected.length; i++) {
          assertArrayEquals(expected[i], found.get(i).image().probabilities(), 1e-6f);
        }
      }
    }
  }

  /** Every hidden activation with no, one and three hidden layers; every output. */
  static Stream<ModelSpec> networks() {
    Stream<ModelSpec> classifiers =
        Stream.of("9-4", "9-5-4", "9-6-5-7-4")
            .flatMap(
                layers ->
                    Arrays.stream(org.shardmean.model.Activation.values())
                        .map(hidden -> ModelSpec.parse(layers, hidden)));
    Stream<ModelSpec> others =
        Arrays.stream(Output.values())
            .filter(output -> output != Output.SOFTMAX)
            .map(
                output ->
                    ModelSpec.parse("9-5-9", org.shardmean.model.Activation.RELU)
                        .withOutput(output));
    return Stream.concat(classifiers, others);
  }

  @Test
  void parametersThatDoNotGiveTheDigestAreRefused() throws IOException {
    Map<String, byte[]> entries = ZipBytes.entries(bytes(small()));
    entries.get("coefficients.bin")[120] ^= 1;

    assertTrue(assertBad(ZipBytes.zip(entries)).contains("where parameters.sha256 gives "));
  }

  @Test
  void aMissingFileIsNamed() {
    assertFault(
        folder.resolve("no.zip").toString(),
        "no.zip: expected a file, found nothing there; check the path");
  }

  @Test
  void aFolderIsNoModel() {
    assertFault(folder.toString(), ": expected a file, found a folder; give a file in it");
  }

  @Test
  void anEmptyFileIsNoModel() throws IOException {
    assertBad(new byte[0]);
  }

  @Test
  void aTextIsNoModel() throws IOException {
    assertBad(
        "not a zip at all, however long it may be"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 0.5, 0.9})
  void aZipCutShortIsNoModel(double share) throws IOException {
    byte[] whole = bytes(small());

    assertBad(Arrays.copyOf(whole, (int) (whole.length * share)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration.json", "coefficients.bin"})
  void aZipThatLacksAPartIsNoModel(String part) throws IOException {
    Map<String, byte[]> entries = ZipBytes.entries(bytes(small()));
    assertTrue(entries.containsKey(part), "parts: " + entries.keySet());
    entries.remove(part);

    assertBad(ZipBytes.zip(entries));
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration.json", "coefficients.bin"})
  void aPartThatIsSomethingElseIsNoModel(String part) throws IOException {
    Map<String, byte[]> entries = ZipBytes.entries(bytes(small()));
    entries.put(part, new byte[] {'{', '}', 0, 1, 2, 3, 4, 5});

    assertBad(ZipBytes.zip(entries));
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() throws IOException {
    ModelSpec other = ModelSpec.parse("9-6-4", org.shardmean.model.Activation.RELU);
    Map<String, byte[]> entries = ZipBytes.entries(bytes(small()));
    entries.put(
        "coefficients.bin",
        ZipBytes.entries(bytes(new SavedModel(other, InitialParameters.draw(other, 1))))
            .get("coefficients.bin"));

    assertBad(ZipBytes.zip(entries));
  }

  @Test
  void aConvolutionalNetworkIsRefused() throws IOException {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new ConvolutionLayer.Builder(2, 2).nIn(1).nOut(2).build())
            .layer(output(4, Activation.SOFTMAX).build())
            .setInputType(InputType.convolutional(3, 3, 1));

    assertTrue(
        assertBad(saved(layers)).contains("layer 0 must be a DenseLayer, found ConvolutionLayer"));
  }

  @Test
  void anotherOutputIsRefused() throws IOException {
    assertTrue(
        assertBad(saved(ending(Activation.TANH, LossFunction.MSE)))
            .contains(
                "the output layer must be a softmax, a sigmoid with LossBinaryXENT or LossMSE, or"
                    + " the identity with LossMSE, found tanh with LossMSE"));
    assertTrue(
        assertBad(saved(ending(Activation.IDENTITY, LossFunction.L1)))
            .contains("found identity with LossL1"));
  }

  private static NeuralNetConfiguration.ListBuilder ending(Activation output, LossFunction loss) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder(loss).nIn(9).nOut(4).activation(output).build());
  }

  @Test
  void anotherHiddenActivationIsRefused() throws IOException {
    assertTrue(
        assertBad(saved(dense(Activation.ELU, Activation.ELU)))
            .contains("layer 0 must be relu, sigmoid or tanh, found elu"));
  }

  @Test
  void twoKindsOfHiddenActivationAreRefused() throws IOException {
    assertTrue(
        assertBad(saved(dense(Activation.RELU, Activation.TANH)))
            .contains("all hidden layers must have one activation, found [RELU, TANH]"));
  }

  @Test
  void aNetworkWithoutBiasesIsRefused() throws IOException {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new DenseLayer.Builder()
                    .nIn(9)
                    .nOut(5)
                    .hasBias(false)
                    .activation(Activation.RELU)
                    .build())
            .layer(output(4, Activation.SOFTMAX).nIn(5).build());

    assertTrue(assertBad(saved(layers)).contains("has 74 parameters, found 69"));
  }

  @Test
  void whatDl4jWroteIsRead() throws IOException {
    SavedModel read = read(saved(dense(Activation.TANH, Activation.TANH)));

    assertEquals(ModelSpec.parse("9-5-5-4", org.shardmean.model.Activation.TANH), read.spec());
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "HALF"})
  void numbersOfOtherWidthsAreRead(DataType type) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .list()
                .layer(new DenseLayer.Builder().nIn(9).nOut(5).activation(Activation.RELU).build())
                .layer(output(4, Activation.SOFTMAX).nIn(5).build())
                .build());
    network.init();
    try (INDArray parameters = network.params()) {
      parameters.putScalar(0, -6e-8); // Rounded to the least of 16 bits.
      parameters.putScalar(1, 65504); // The greatest.

      assertArrayEquals(parameters.dup().data().asFloat(), read(saved(network)).parameters());
    }
  }

  @Test
  void theOptimizersStateIsSkipped() throws IOException {
    MultiLayerNetwork network =
        Dl4jNetworks.network(small().spec(), small().parameters(), new AdaDelta(), 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, out, true);

    assertTrue(ZipBytes.entries(out.toByteArray()).containsKey("updaterState.bin"));
    assertArrayEquals(small().parameters(), read(out.toByteArray()).parameters());
  }

  /** Images of one channel, flattened: as good as a row of pixels. */
  @Test
  void aNetworkThatFlattensImagesIsRead() throws IOException {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nOut(5).activation(Activation.SIGMOID).build())
            .layer(output(4, Activation.SOFTMAX).build())
            .setInputType(InputType.convolutional(3, 3, 1));

    SavedModel read = read(saved(layers));

    assertEquals(ModelSpec.parse("9-5-4", org.shardmean.model.Activation.SIGMOID), read.spec());
  }

  @Test
  void aReluWithASlopeIsRefused() throws IOException {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new DenseLayer.Builder()
                    .nIn(9)
                    .nOut(5)
                    .activation(new ActivationReLU(6.0, 0.0, 0.1))
                    .build())
            .layer(output(4, Activation.SOFTMAX).nIn(5).build());

    assertTrue(
        assertBad(saved(layers)).contains("layer 0 must be a plain relu, found one with max 6.0"));
  }

  private static SavedModel small() {
    ModelSpec spec = ModelSpec.parse("9-5-4", org.shardmean.model.Activation.RELU);
    return new SavedModel(spec, InitialParameters.draw(spec, 3));
  }

  private static OutputLayer.Builder output(int units, Activation activation) {
    return new OutputLayer.Builder(LossFunction.MCXENT).nOut(units).activation(activation);
  }

  private static NeuralNetConfiguration.ListBuilder dense(Activation first, Activation second) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new DenseLayer.Builder().nIn(9).nOut(5).activation(first).build())
        .layer(new DenseLayer.Builder().nIn(5).nOut(5).activation(second).build())
        .layer(output(4, Activation.SOFTMAX).nIn(5).build());
  }

  private static byte[] saved(NeuralNetConfiguration.ListBuilder layers) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return saved(network);
  }

  private static byte[] saved(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, out, false);
    return out.toByteArray();
  }

  private static byte[] bytes(SavedModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  private static SavedModel read(byte[] bytes) throws IOException {
    return SavedModel.read(new ByteArrayInputStream(bytes), "model.zip");
  }

  /** As a user meets it: the file is named, and all is said in one line. */
  private String assertBad(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bad.zip"), bytes);
    return assertFault(
        file.toString(), "bad.zip: expected a model.zip of Shardmean or DL4J, found ");
  }

  private static String assertFault(String path, String part) {
    DataException fault =
        assertThrows(DataException.class, () -> SavedModel.read(path, new Configuration()));
    assertTrue(fault.getMessage().contains(part), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
    return fault.getMessage();
  }
}
