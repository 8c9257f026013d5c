package org.shardmean.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.data.Examples;
import org.shardmean.data.ImageSet;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.ParameterLayout;

/**
 * A trained network that gives images or rows back, asked on one machine: for what it gives back,
 * and for the code that an example becomes on its way, in the first of its narrowest hidden layers.
 *
 * @param parameters the flat parameters, a view
 */
public record Autoencoder(ModelSpec spec, float[] parameters) {
  private static final int BATCH = 250;

  /**
   * @throws IllegalArgumentException if the network is no autoencoder of pixels
   */
  public Autoencoder {
    requireNonNull(parameters, "parameters");
    if (!isOne(spec)) {
      throw new IllegalArgumentException("expected an autoencoder of pixels, found " + spec);
    }
  }

  /** Whether a network gives pixels back through hidden layers. */
  public static boolean isOne(ModelSpec spec) {
    return spec.output() == Output.SIGMOID
        && spec.inputs() == spec.outputs()
        && spec.layers().size() > 2;
  }

  /** The place of the code among the layers, the input being 0. */
  private int codeLayer() {
    List<Integer> hidden = spec.layers().subList(1, spec.layers().size() - 1);
    return 1 + hidden.indexOf(Collections.min(hidden));
  }

  /** What the network gives back for each image, as pixels. */
  public List<byte[]> reconstruct(ImageSet images) {
    return outputs(spec, parameters, images).stream().map(Autoencoder::pixels).toList();
  }

  /** What the network gives back for each example, in numbers from 0 to 1. */
  public List<float[]> answers(Examples examples) {
    return outputs(spec, parameters, examples);
  }

  /** The code of each example, after the activation of its layer. */
  public List<double[]> codes(Examples examples) {
    ModelSpec encoder =
        spec.withLayers(spec.layers().subList(0, codeLayer() + 1)).withOutput(Output.IDENTITY);
    float[] first = Arrays.copyOf(parameters, new ParameterLayout(encoder).size());
    HiddenFunction activation = HiddenFunction.of(spec.hidden());
    return outputs(encoder, first, examples).stream()
        .map(
            sums -> {
              activation.applyInPlace(sums, sums.length);
              return IntStream.range(0, sums.length).mapToDouble(i -> sums[i]).toArray();
            })
        .toList();
  }

  private static List<float[]> outputs(ModelSpec network, float[] parameters, Examples examples) {
    LocalSettings settings =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(1), BATCH);
    List<float[]> outputs = new ArrayList<>();
    try (Engine engine = new FusedEngine(network, settings)) {
      engine.load(new TrainingState(parameters, new float[0], 0));
      Batch batch = new Batch(BATCH, network.inputs());
      float[] rows = new float[BATCH * network.outputs()];
      int[] order = IntStream.range(0, examples.count()).toArray();
      for (int from = 0; from < order.length; from += BATCH) {
        int count = Math.min(BATCH, order.length - from);
        batch.fill(examples, order, from, count);
        engine.predict(batch, rows);
        for (int row = 0; row < count; row++) {
          int at = row * network.outputs();
          outputs.add(Arrays.copyOfRange(rows, at, at + network.outputs()));
        }
      }
    }
    return outputs;
  }

  private static byte[] pixels(float[] output) {
    byte[] pixels = new byte[output.length];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (byte) Math.round(255 * output[p]);
    }
    return pixels;
  }
}
