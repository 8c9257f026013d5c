package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.shardmean.model.LittleEndianFloats;
import org.shardmean.run.RunRecord;
import org.shardmean.settings.ValueReader;

/**
 * What the page's script needs to run the network on a drawing, or the reason why there is no pad.
 *
 * @param side pixels that an image is high and wide
 * @param layers such as {@code 784-128-64-10}
 * @param activation of the hidden layers, in lower case
 * @param weights the flat parameters as float32, little-endian, in base64
 * @param obstacle the text that says why there is no pad; empty where there is one
 */
record DrawingPad(int side, String layers, String activation, String weights, String obstacle) {
  /** Images of other sizes are not drawn well by hand, or stand in the page reduced. */
  private static final int SMALLEST_SIDE = 8;

  private static final int LARGEST_SIDE = 64;

  /** Characters of base64 for a parameter. */
  private static final double WRITTEN = Float.BYTES * 4 / 3.0;

  DrawingPad {
    requireNonNull(layers, "layers");
    requireNonNull(activation, "activation");
    requireNonNull(weights, "weights");
    requireNonNull(obstacle, "obstacle");
  }

  /** The pad of a run's kept network. */
  static DrawingPad of(RunRecord run) {
    int side = run.data().height();
    String obstacle =
        run.kept().isEmpty()
            ? "pad.untrained"
            : !run.config().model().isClassifier()
                ? "pad.classes"
                : !isSquare(run)
                    ? "pad.shape"
                    : !isFinite(run.parameters())
                        ? "pad.notFinite"
                        : isLarge(run) ? "pad.large" : "";
    return new DrawingPad(
        side,
        run.config().model().written(),
        ValueReader.written(run.config().model().hidden()),
        obstacle.isEmpty() ? base64(run.parameters()) : "",
        obstacle);
  }

  /** No pad, because the page would be too large with it. */
  DrawingPad tooLarge() {
    return new DrawingPad(side, layers, activation, "", "pad.large");
  }

  boolean isThere() {
    return obstacle.isEmpty();
  }

  private static boolean isSquare(RunRecord run) {
    int side = run.data().height();
    return side == run.data().width()
        && side >= SMALLEST_SIDE
        && side <= LARGEST_SIDE
        && run.config().model().inputs() == side * side
        && run.parameters().length == run.config().model().parameters();
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the weights alone are too large for the page. */
  private static boolean isLarge(RunRecord run) {
    return run.parameters().length * WRITTEN > HtmlReport.MOST_CHARACTERS;
  }

  private static String base64(float[] parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(parameters.length * Float.BYTES);
    try {
      LittleEndianFloats.write(parameters, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
