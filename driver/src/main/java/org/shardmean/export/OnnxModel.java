package org.shardmean.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.shardmean.data.TableForm;
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
 * <p>A network for rows of a table takes {@value #FEATURES}, float32, batch × inputs, as the table
 * has them, whatever it ends in: the graph scales them itself, in double precision as {@link
 * org.shardmean.data.RowScaling} does, and brings targets back to their own size.
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
  private static final int DOUBLE = 11;

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
    ProtobufMessage whole =
        new ProtobufMessage()
            .number(1, IR_VERSION)
            .text(2, "Shardmean")
            .text(6, "Dense network " + model.spec().written())
            .message(7, graph(model))
            .message(8, new ProtobufMessage().text(1, "").number(2, OPERATOR_SET))
            .message(14, property("layers", model.spec().written()))
            .message(
                14,
                property(
                    "hidden_activation", model.spec().hidden().name().toLowerCase(Locale.ROOT)))
            .message(14, property("output", model.spec().output().function()))
            .message(
                14, property("parameters_sha256", ParametersDigest.sha256(model.parameters())));
    model.table().ifPresent(table -> addNames(whole, table));
    whole.writeTo(buffered);
    buffered.flush();
  }

  /** A line for each. */
  private static void addNames(ProtobufMessage model, TableForm table) {
    model.message(14, property("feature_names", String.join("\n", table.inputNames())));
    model.message(14, property("class_names", String.join("\n", table.classes())));
    model.message(14, property("target_names", String.join("\n", table.targets())));
  }

  private static ProtobufMessage graph(SavedModel model) {
    ParameterLayout layout = new ParameterLayout(model.spec());
    ProtobufMessage graph = new ProtobufMessage().text(GRAPH_NAME, "shardmean");
    String inputs = addInput(graph, model);
    if (model.spec().isClassifier()) {
      addLayers(graph, model, inputs, PROBABILITIES);
      ProtobufMessage attributes = attribute("axis", 1).message(5, integer("keepdims", 0));
      addNode(graph, "ArgMax", PREDICTED, attributes, PROBABILITIES);
      graph
          .message(OUTPUT, tensor(PROBABILITIES, FLOAT, model.spec().outputs()))
          .message(OUTPUT, tensor(PREDICTED, INT64));
    } else {
      addOutputs(graph, model, inputs);
      graph.message(OUTPUT, tensor(OUTPUTS, FLOAT, model.spec().outputs()));
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

  /** Declares the input; gives the name of what the first layer takes. */
  private static String addInput(ProtobufMessage graph, SavedModel model) {
    int inputs = model.spec().inputs();
    if (model.table().isPresent()) {
      graph.message(INPUT, tensor(FEATURES, FLOAT, inputs));
      return addTableScaling(graph, model.table().get());
    }
    if (model.spec().isClassifier()) {
      graph.message(INPUT, tensor(PIXELS, UINT8, inputs));
      return addPixelScaling(graph);
    }
    graph.message(INPUT, tensor(FEATURES, FLOAT, inputs));
    return FEATURES;
  }

  /** From bytes to numbers from 0 to 1. */
  private static String addPixelScaling(ProtobufMessage graph) {
    graph.message(INITIALIZER, floats(LARGEST_PIXEL, new float[] {255}, 0, 1));
    addNode(graph, "Cast", "pixels_as_floats", attribute("to", FLOAT), PIXELS);
    addNode(graph, "Div", "scaled_pixels", NONE, "pixels_as_floats", LARGEST_PIXEL);
    return "scaled_pixels";
  }

  /** Each feature less its shift, times its scale. */
  private static String addTableScaling(ProtobufMessage graph, TableForm table) {
    int inputs = table.inputs();
    double[] shifts = Arrays.copyOf(table.scaling().shifts(), inputs);
    double[] scales = Arrays.copyOf(table.scaling().scales(), inputs);
    graph.message(INITIALIZER, doubles("shifts", shifts));
    graph.message(INITIALIZER, doubles("scales", scales));
    addNode(graph, "Cast", "features_as_doubles", attribute("to", DOUBLE), FEATURES);
    addNode(graph, "Sub", "shifted_features", NONE, "features_as_doubles", "shifts");
    addNode(graph, "Mul", "scaled_doubles", NONE, "shifted_features", "scales");
    addNode(graph, "Cast", "scaled_features", attribute("to", FLOAT), "scaled_doubles");
    return "scaled_features";
  }

  /** The layers of a network without classes; targets of a table in their own size. */
  private static void addOutputs(ProtobufMessage graph, SavedModel model, String inputs) {
    List<String> targets = model.table().map(TableForm::targets).orElse(List.of());
    if (targets.isEmpty()) {
      addLayers(graph, model, inputs, OUTPUTS);
      return;
    }
    TableForm table = model.table().orElseThrow();
    double[] sizes = new double[targets.size()];
    double[] middles = new double[targets.size()];
    for (int t = 0; t < sizes.length; t++) {
      middles[t] = table.target(t, 0);
      double scale = table.scaling().scales()[table.inputs() + t];
      sizes[t] = scale == 0 ? 0 : 1 / scale;
    }
    addLayers(graph, model, inputs, "scaled_outputs");
    graph.message(INITIALIZER, doubles("target_sizes", sizes));
    graph.message(INITIALIZER, doubles("target_middles", middles));
    addNode(graph, "Cast", "outputs_as_doubles", attribute("to", DOUBLE), "scaled_outputs");
    addNode(graph, "Mul", "outputs_in_size", NONE, "outputs_as_doubles", "target_sizes");
    addNode(graph, "Add", "shifted_outputs", NONE, "outputs_in_size", "target_middles");
    addNode(graph, "Cast", OUTPUTS, attribute("to", FLOAT), "shifted_outputs");
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

  private static ProtobufMessage doubles(String name, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return new ProtobufMessage()
        .number(1, values.length)
        .number(2, DOUBLE)
        .text(8, name)
        .bytes(9, bytes.capacity(), out -> out.write(bytes.array()));
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
