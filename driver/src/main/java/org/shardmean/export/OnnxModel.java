package org.shardmean.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import org.shardmean.model.Activation;
import org.shardmean.model.LittleEndianFloats;
import org.shardmean.model.Output;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.ParametersDigest;
import org.shardmean.model.SavedModel;

/**
 * A network as an ONNX model, by the messages of onnx.proto (github.com/onnx/onnx), IR version 7,
 * operator set {@value #OPERATOR_SET}, which ONNX Runtime reads since its version 1.6.
 *
 * <p>A classifier's input is {@value #PIXELS}, uint8, batch × inputs: an image's bytes, 0
 * (background) to 255 (ink), row by row, which the graph itself divides by 255. Its outputs are
 * {@value #PROBABILITIES}, float32, batch × classes, and {@value #PREDICTED}, int64, batch: the
 * class of the highest probability, the first one of several. The batch may have any size.
 *
 * <p>Another network's input is {@value #FEATURES}, float32, batch × inputs, as the first layer
 * takes them; its output is {@value #OUTPUTS}, float32, batch × outputs.
 *
 * <p>Parameters are {@code layer1_weights}, units × inputs, {@code layer1_biases}, and so on.
 */
final class OnnxModel {
  private static final int IR_VERSION = 7;
  private static final int OPERATOR_SET = 13;

  private static final String PIXELS = "pixels";
  private static final String PROBABILITIES = "probabilities";
  private static final String PREDICTED = "predicted";

  private static final String FEATURES = "features";
  private static final String OUTPUTS = "outputs";

  private static final String BATCH = "batch";
  private static final String LARGEST_PIXEL = "largest_pixel";

  /** TensorProto.DataType. */
  private static final int FLOAT = 1;

  private static final int UINT8 = 2;
  private static final int INT64 = 7;

  /** AttributeProto.AttributeType. */
  private static final int INT_ATTRIBUTE = 2;

  /** Fields of GraphProto. */
  private static final int NODE = 1;

  private static final int GRAPH_NAME = 2;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;

  /** No attributes; never added to. */
  private static final ProtobufMessage NONE = new ProtobufMessage();

  private OnnxModel() {}

  static void write(SavedModel model, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out);
    new ProtobufMessage()
        .number(1, IR_VERSION)
        .text(2, "Shardmean")
        .text(6, "Dense network " + model.spec().written())
        .message(7, graph(model))
        .message(8, new ProtobufMessage().text(1, "").number(2, OPERATOR_SET))
        .message(14, property("layers", model.spec().written()))
        .message(
            14,
            property("hidden_activation", model.spec().hidden().name().toLowerCase(Locale.ROOT)))
        .message(14, property("output", model.spec().output().function()))
        .message(14, property("parameters_sha256", ParametersDigest.sha256(model.parameters())))
        .writeTo(buffered);
    buffered.flush();
  }

  private static ProtobufMessage graph(SavedModel model) {
    ParameterLayout layout = new ParameterLayout(model.spec());
    ProtobufMessage graph = new ProtobufMessage().text(GRAPH_NAME, "shardmean");
    if (model.spec().isClassifier()) {
      addLayers(graph, model, addScaling(graph), PROBABILITIES);
      ProtobufMessage attributes = attribute("axis", 1).message(5, integer("keepdims", 0));
      addNode(graph, "ArgMax", PREDICTED, attributes, PROBABILITIES);
      graph
          .message(INITIALIZER, floats(LARGEST_PIXEL, new float[] {255}, 0, 1))
          .message(INPUT, tensor(PIXELS, UINT8, layout.inputs(0)))
          .message(OUTPUT, tensor(PROBABILITIES, FLOAT, model.spec().outputs()))
          .message(OUTPUT, tensor(PREDICTED, INT64));
    } else {
      addLayers(graph, model, FEATURES, OUTPUTS);
      graph
          .message(INPUT, tensor(FEATURES, FLOAT, layout.inputs(0)))
          .message(OUTPUT, tensor(OUTPUTS, FLOAT, model.spec().outputs()));
    }
    addParameters(graph, model.parameters(), layout);
    return graph;
  }

  private static void addLayers(ProtobufMessage graph, SavedModel model, String from, String to) {
    String flowing = from;
    int last = model.spec().weightLayers() - 1;
    for (int l = 0; l <= last; l++) {
      String layer = ParameterNames.of(l);
      addNode(
          graph,
          "Gemm",
          layer + "_sums",
          attribute("transB", 1),
          flowing,
          ParameterNames.weights(l),
          ParameterNames.biases(l));
      flowing = l == last ? to : layer + "_outputs";
      if (l < last) {
        addNode(graph, operator(model.spec().hidden()), flowing, NONE, layer + "_sums");
      } else {
        addOutput(graph, model.spec().output(), flowing, layer + "_sums");
      }
    }
  }

  private static void addOutput(ProtobufMessage graph, Output output, String to, String sums) {
    switch (output) {
      case SOFTMAX -> addNode(graph, "Softmax", to, attribute("axis", 1), sums);
      case SIGMOID, SIGMOID_SQUARED -> addNode(graph, "Sigmoid", to, NONE, sums);
      case IDENTITY -> addNode(graph, "Identity", to, NONE, sums);
    }
  }

  /** From bytes to numbers from 0 to 1; gives the name of these. */
  private static String addScaling(ProtobufMessage graph) {
    addNode(graph, "Cast", "pixels_as_floats", attribute("to", FLOAT), PIXELS);
    addNode(graph, "Div", "scaled_pixels", NONE, "pixels_as_floats", LARGEST_PIXEL);
    return "scaled_pixels";
  }

  private static String operator(Activation hidden) {
    return switch (hidden) {
      case RELU -> "Relu";
      case SIGMOID -> "Sigmoid";
      case TANH -> "Tanh";
    };
  }

  private static void addParameters(
      ProtobufMessage graph, float[] parameters, ParameterLayout layout) {
    for (int l = 0; l < layout.layers(); l++) {
      int units = layout.outputs(l);
      int inputs = layout.inputs(l);
      graph.message(
          INITIALIZER,
          floats(
              ParameterNames.weights(l),
              parameters,
              layout.weights(l),
              units * inputs,
              units,
              inputs));
      graph.message(
          INITIALIZER,
          floats(ParameterNames.biases(l), parameters, layout.biases(l), units, units));
    }
  }

  /** A NodeProto, named as its output is. */
  private static void addNode(
      ProtobufMessage graph,
      String operator,
      String output,
      ProtobufMessage attributes,
      String... inputs) {
    ProtobufMessage node = new ProtobufMessage();
    Arrays.stream(inputs).forEach(input -> node.text(1, input));
    node.text(2, output).text(3, output).text(4, operator);
    graph.bytes(
        NODE,
        node.size() + attributes.size(),
        out -> {
          node.writeTo(out);
          attributes.writeTo(out);
        });
  }

  /** The field of a NodeProto that holds one AttributeProto, a whole number. */
  private static ProtobufMessage attribute(String name, long value) {
    return new ProtobufMessage().message(5, integer(name, value));
  }

  private static ProtobufMessage integer(String name, long value) {
    return new ProtobufMessage().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
  }

  /** A TensorProto with a part of an array; without dimensions it is a single number. */
  private static ProtobufMessage floats(
      String name, float[] values, int from, int count, int... dimensions) {
    ProtobufMessage tensor = new ProtobufMessage();
    Arrays.stream(dimensions).forEach(dimension -> tensor.number(1, dimension));
    return tensor
        .number(2, FLOAT)
        .text(8, name)
        .bytes(
            9,
            (long) count * Float.BYTES,
            out -> LittleEndianFloats.write(values, from, count, out));
  }

  /** A ValueInfoProto: a tensor of so many values for each example of the batch. */
  private static ProtobufMessage tensor(String name, int type, int... dimensions) {
    ProtobufMessage shape = new ProtobufMessage().message(1, new ProtobufMessage().text(2, BATCH));
    Arrays.stream(dimensions)
        .forEach(dimension -> shape.message(1, new ProtobufMessage().number(1, dimension)));
    ProtobufMessage typed = new ProtobufMessage().number(1, type).message(2, shape);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, typed));
  }

  private static ProtobufMessage property(String key, String value) {
    return new ProtobufMessage().text(1, key).text(2, value);
  }
}
