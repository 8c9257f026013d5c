package org.shardmean.export;

/** What an exported network's arrays are called; ONNX asks for names that C would take. */
final class ParameterNames {
  private ParameterNames() {}

  /** Of a layer, from 0; the first one's are {@code layer1_weights}. */
  static String weights(int layer) {
    return of(layer) + "_weights";
  }

  static String biases(int layer) {
    return of(layer) + "_biases";
  }

  static String of(int layer) {
    return "layer" + (layer + 1);
  }
}
