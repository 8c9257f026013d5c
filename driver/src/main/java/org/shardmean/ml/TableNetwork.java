package org.shardmean.ml;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.shardmean.data.DataException;
import org.shardmean.data.RowScaling;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.SavedModel;
import org.shardmean.predict.Predictor;

/**
 * A trained network with the scaling of what it takes. Immutable; any number of threads may ask it
 * at once.
 */
final class TableNetwork implements NetworkHolder {
  private static final long serialVersionUID = 1L;

  private final ModelSpec spec;
  private final float[] parameters;
  private final RowScaling scaling;
  private final transient SavedModel model;

  /** What it computes with, made where it is first asked. */
  private transient volatile Ready ready;

  /**
   * @param zeros what zeros are scaled to
   * @param row room for a thread to scale a row in
   */
  private record Ready(Predictor predictor, float[] zeros, ThreadLocal<float[]> row) {}

  /**
   * The model is held, not copied.
   *
   * @throws IllegalArgumentException if the scaling is not of at least the network's inputs
   */
  TableNetwork(SavedModel model, RowScaling scaling) {
    this.model = requireNonNull(model, "model");
    this.spec = model.spec();
    this.parameters = model.parameters();
    this.scaling = requireNonNull(scaling, "scaling");
    int outputs = spec.isClassifier() ? 0 : spec.outputs();
    if (scaling.size() != spec.inputs() && scaling.size() != spec.inputs() + outputs) {
      throw new IllegalArgumentException(
          "expected a scaling of the network's %d inputs%s, found one of %d numbers"
              .formatted(
                  spec.inputs(),
                  outputs > 0 ? ", or of its %d outputs, too".formatted(outputs) : "",
                  scaling.size()));
    }
  }

  @Override
  public TableNetwork network() {
    return this;
  }

  ModelSpec spec() {
    return spec;
  }

  /** Units of the input, every hidden layer and the output; a new array. */
  int[] layers() {
    return spec.layers().stream().mapToInt(Integer::intValue).toArray();
  }

  RowScaling scaling() {
    return scaling;
  }

  /** The network, and where it comes from as far as that is known here. */
  SavedModel model() {
    return Optional.ofNullable(model).orElseGet(() -> new SavedModel(spec, parameters));
  }

  /**
   * The weighted sums of the output layer, before its function; a new array.
   *
   * @throws DataException if there are not as many features as inputs, or one is not finite
   */
  float[] sums(Vector features) {
    return ready().predictor.sumsOfInputs(scaled(features));
  }

  /** As {@link #sums}, what the narrowest hidden layer gives for them, the first of equals. */
  float[] code(Vector features) {
    return ready().predictor.hidden(scaled(features), narrowest());
  }

  private int narrowest() {
    int narrowest = 1;
    for (int layer = 2; layer < spec.weightLayers(); layer++) {
      if (spec.layers().get(layer) < spec.layers().get(narrowest)) {
        narrowest = layer;
      }
    }
    return narrowest;
  }

  /** The mean squared error of what the network gives back, over the features as it takes them. */
  double reconstructionError(Vector features) {
    float[] scaled = scaled(features);
    float[] back = ready().predictor.outputs(scaled);
    double sum = 0;
    for (int i = 0; i < scaled.length; i++) {
      double difference = (double) back[i] - scaled[i];
      sum += difference * difference;
    }
    return sum / scaled.length;
  }

  /** Features as the first layer takes them, until this thread asks for others. */
  private float[] scaled(Vector features) {
    requireInputs(features);
    float[] scaled = ready().row.get();
    if (features instanceof SparseVector sparse) {
      System.arraycopy(ready().zeros, 0, scaled, 0, scaled.length);
      int[] places = sparse.indices();
      double[] values = sparse.values();
      for (int i = 0; i < places.length; i++) {
        scaled[places[i]] = scaled(places[i], values[i]);
      }
    } else {
      double[] values = features.toArray();
      if (!scaling.scaleInto(values, scaled)) {
        for (int i = 0; i < values.length; i++) {
          scaled[i] = scaled(i, values[i]);
        }
      }
    }
    return scaled;
  }

  private float scaled(int i, double value) {
    float scaled = scaling.scaled(i, (float) value);
    if (Math.abs(scaled) == Float.MAX_VALUE && !Float.isFinite((float) value)) {
      throw new DataException(
          "feature %d: expected a finite number within float32, found %s; fill it in, or skip such rows (handleInvalid)"
              .formatted(i, value));
    }
    return scaled;
  }

  private void requireInputs(Vector features) {
    if (features == null || features.size() != spec.inputs()) {
      throw new DataException(
          "expected a vector of %,d features, as many as the network has inputs, found %s; give the columns it was trained on"
              .formatted(
                  spec.inputs(), features == null ? "none" : "%,d".formatted(features.size())));
    }
  }

  /** Whether {@link #sums} has an answer. */
  boolean takes(Vector features) {
    if (features == null || features.size() != spec.inputs()) {
      return false;
    }
    double[] values =
        features instanceof SparseVector sparse ? sparse.values() : features.toArray();
    for (double value : values) {
      if (!Float.isFinite((float) value)) {
        return false;
      }
    }
    return true;
  }

  private Ready ready() {
    if (ready == null) {
      float[] zeros = new float[spec.inputs()];
      for (int i = 0; i < zeros.length; i++) {
        zeros[i] = scaling.scaled(i, 0);
      }
      ready =
          new Ready(
              new Predictor(new SavedModel(spec, parameters)),
              zeros,
              ThreadLocal.withInitial(() -> new float[zeros.length]));
    }
    return ready;
  }
}
