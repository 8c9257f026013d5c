package org.shardmean.jobs;

import java.util.List;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;

/** What the network looks like. */
final class ModelSettings {
  static final Setting<List<Integer>> LAYERS =
      Setting.of(
          "layers",
          "UNITS",
          ValueReader.of(text -> ModelSpec.parse(text, Activation.RELU).layers()),
          "Units of the input, every hidden layer and the output, joined by '-'.",
          "Default: inputs-128-64-classes, inputs and classes as the data has them"
              + " (784-128-64-10 for MNIST).");

  static final Setting<Activation> HIDDEN_ACTIVATION =
      Setting.oneOf(
          "hidden-activation",
          "NAME",
          Activation.class,
          "What hidden layers apply to their weighted sums");

  static final SettingGroup NETWORK =
      new SettingGroup("Network", List.of(LAYERS, HIDDEN_ACTIVATION));

  private ModelSettings() {}
}
