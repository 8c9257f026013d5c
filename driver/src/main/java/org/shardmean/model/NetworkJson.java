package org.shardmean.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A network as DL4J's MultiLayerConfiguration writes it, here as plain data: class names in it are
 * compared with those of the layers and functions known here, never looked up.
 */
final class NetworkJson {
  /** Twice what DL4J writes of the longest network, with its blanks: 1,400 bytes a layer. */
  private static final int MOST_BYTES = 1 << 20;

  /** A hidden layer and an output, whose sizes and activation are to be filled in. */
  private static final String TEMPLATE = "network.json";

  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_NUMBER = 100;

  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
  private static final String FUNCTIONS = "org.nd4j.linalg.activations.impl.Activation";
  private static final String LOSSES = "org.nd4j.linalg.lossfunctions.impl.Loss";

  /** Flattens images, which does not change what a network of one-channel images computes. */
  private static final String FLATTENING =
      "org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor";

  private static final JsonMapper JSON = mapper();

  /** The part of the configuration that says what the network computes. */
  record Network(List<Configured> confs, Map<String, Typed> inputPreProcessors) {
    Network {
      confs = confs == null ? List.of() : confs;
      inputPreProcessors = inputPreProcessors == null ? Map.of() : inputPreProcessors;
    }
  }

  private record Configured(Layer layer) {}

  private record Typed(@JsonProperty("@class") String type) {}

  private record Layer(
      @JsonProperty("@class") String type,
      Function activationFn,
      Typed lossFn,
      @JsonProperty("nin") Integer inputs,
      @JsonProperty("nout") Integer outputs,
      boolean hasLayerNorm) {

    void require(int index, boolean last) {
      String wanted = last ? "OutputLayer" : "DenseLayer";
      if (!(LAYERS + wanted).equals(type)) {
        throw new IllegalArgumentException(
            "layer %d must be a %s, found %s".formatted(index, wanted, simple(type)));
      }
      if (inputs == null || outputs == null || activationFn == null) {
        throw new IllegalArgumentException(
            "layer %d must have nin, nout and activationFn, found it without one".formatted(index));
      }
      if (hasLayerNorm) {
        throw new IllegalArgumentException(
            "layer %d must be a plain one, found one with layer normalization".formatted(index));
      }
    }
  }

  /** The numbers are those of a ReLU that is none of the plain kind; else they are null. */
  private record Function(
      @JsonProperty("@class") String type, Double max, Double negativeSlope, Double threshold) {

    Activation hidden(int index) {
      Activation known =
          Arrays.stream(Activation.values())
              .filter(hidden -> functionOf(hidden).equals(type))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "layer %d must be relu, sigmoid or tanh, found %s"
                              .formatted(index, name())));
      if (max != null || isNotZero(negativeSlope) || isNotZero(threshold)) {
        throw new IllegalArgumentException(
            "layer %d must be a plain %s, found one with max %s, slope %s and threshold %s"
                .formatted(index, name(), max, negativeSlope, threshold));
      }
      return known;
    }

    /** The output, told by the loss too where one function goes with two. */
    Output output(Typed loss) {
      if ((FUNCTIONS + "Softmax").equals(type)) {
        return Output.SOFTMAX;
      }
      String lossType = loss == null ? null : loss.type;
      return Arrays.stream(Output.values())
          .filter(output -> functionOf(output).equals(type) && lossOf(output).equals(lossType))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "the output layer must be a softmax, a sigmoid with LossBinaryXENT or"
                          + " LossMSE, or the identity with LossMSE, found %s with %s"
                              .formatted(name(), simple(lossType))));
    }

    String name() {
      return simple(type).replaceFirst("^Activation", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isNotZero(Double number) {
      return number != null && number != 0;
    }
  }

  private NetworkJson() {}

  /**
   * The network.
   *
   * @throws IOException if it is no such JSON; the message is one line
   * @throws IllegalArgumentException if it is not a list of dense layers with one hidden activation
   *     and one of our outputs; the message says which layer is not
   */
  static ModelSpec read(InputStream in) throws IOException {
    byte[] json = in.readNBytes(MOST_BYTES + 1);
    if (json.length > MOST_BYTES) {
      throw new IOException("configuration.json of more than %d bytes".formatted(MOST_BYTES));
    }
    try {
      return specOf(JSON.readValue(json, Network.class));
    } catch (JsonProcessingException e) {
      throw new IOException("configuration.json that is no network: " + e.getOriginalMessage(), e);
    }
  }

  /** The network as DL4J 1.0.0-M2.1 writes it, but without blanks; in UTF-8. */
  static byte[] write(ModelSpec spec) throws IOException {
    ObjectNode network = (ObjectNode) JSON.readTree(NetworkJson.class.getResource(TEMPLATE));
    ArrayNode layers = network.withArray("confs");
    JsonNode output = layers.remove(1);
    JsonNode hidden = layers.remove(0);
    for (int l = 0; l < spec.weightLayers(); l++) {
      boolean last = l == spec.weightLayers() - 1;
      ObjectNode configured = (last ? output : hidden).deepCopy();
      ObjectNode layer = configured.withObject("/layer");
      layer.put("layerName", "layer" + l);
      layer.put("nin", spec.layers().get(l)).put("nout", spec.layers().get(l + 1));
      if (last) {
        writeOutput(spec.output(), layer);
      } else {
        writeFunction(spec.hidden(), layer.withObject("/activationFn"));
      }
      layers.add(configured);
    }
    return JSON.writeValueAsBytes(network);
  }

  private static void writeFunction(Activation hidden, ObjectNode function) {
    function.put("@class", functionOf(hidden));
    if (hidden == Activation.RELU) {
      function.putNull("max").putNull("negativeSlope").putNull("threshold");
    }
  }

  private static void writeOutput(Output output, ObjectNode layer) {
    layer.putObject("activationFn").put("@class", functionOf(output));
    ObjectNode loss = layer.putObject("lossFn").put("@class", lossOf(output));
    switch (output) {
      case SOFTMAX -> loss.put("softmaxClipEps", 1e-10);
      case SIGMOID -> loss.put("clipEps", 1e-5);
      case IDENTITY, SIGMOID_SQUARED -> {}
    }
  }

  private static String functionOf(Output output) {
    return FUNCTIONS
        + switch (output) {
          case SOFTMAX -> "Softmax";
          case IDENTITY -> "Identity";
          case SIGMOID, SIGMOID_SQUARED -> "Sigmoid";
        };
  }

  private static String lossOf(Output output) {
    return LOSSES
        + switch (output) {
          case SOFTMAX -> "NegativeLogLikelihood";
          case SIGMOID -> "BinaryXENT";
          case IDENTITY, SIGMOID_SQUARED -> "MSE";
        };
  }

  private static String functionOf(Activation hidden) {
    return FUNCTIONS
        + switch (hidden) {
          case RELU -> "ReLU";
          case SIGMOID -> "Sigmoid";
          case TANH -> "TanH";
        };
  }

  private static ModelSpec specOf(Network network) {
    List<Integer> units = new ArrayList<>();
    Output output = Output.SOFTMAX;
    Set<Activation> hidden = EnumSet.noneOf(Activation.class);
    int last = network.confs.size() - 1;
    for (int l = 0; l <= last; l++) {
      Layer layer = layer(network, l);
      layer.require(l, l == last);
      requireFit(units, layer, l);
      units.add(layer.outputs);
      if (l == last) {
        output = layer.activationFn.output(layer.lossFn);
      } else {
        hidden.add(layer.activationFn.hidden(l));
      }
    }
    requirePlainInput(network);
    if (hidden.size() > 1) {
      throw new IllegalArgumentException(
          "all hidden layers must have one activation, found " + hidden);
    }
    return new ModelSpec(units, hidden.stream().findFirst().orElse(Activation.RELU), output);
  }

  private static Layer layer(Network network, int index) {
    Configured configured = network.confs.get(index);
    if (configured == null || configured.layer == null) {
      throw new IllegalArgumentException("layer %d must be a layer, found none".formatted(index));
    }
    return configured.layer;
  }

  /** Adds the first layer's inputs; a later one must have as many as the units before it. */
  private static void requireFit(List<Integer> units, Layer layer, int index) {
    if (index == 0) {
      units.add(layer.inputs);
    } else if (!layer.inputs.equals(units.get(index))) {
      throw new IllegalArgumentException(
          "layer %d must have %d inputs, as many as the layer before has units, found %d"
              .formatted(index, units.get(index), layer.inputs));
    }
  }

  private static void requirePlainInput(Network network) {
    network.inputPreProcessors.forEach(
        (layer, step) -> {
          String type = step == null ? null : step.type;
          if (!layer.equals("0") || !FLATTENING.equals(type)) {
            throw new IllegalArgumentException(
                "no layer may change its inputs' form, found layer %s with a %s"
                    .formatted(layer, simple(type)));
          }
        });
  }

  /** A class's name without its package, or what there is instead. */
  private static String simple(String type) {
    return type == null ? "one without @class" : type.substring(type.lastIndexOf('.') + 1);
  }

  /** Nothing is coerced, nothing stands twice, and names stay in no cache of the JVM's. */
  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    return JsonMapper.builder(factory)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
