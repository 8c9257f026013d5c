package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.DataException;
import org.shardmean.data.RowScaling;
import org.shardmean.data.TableForm;
import org.shardmean.metrics.Likeliest;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.SavedModel;
import org.shardmean.predict.Predictor;
import scala.collection.Seq;

/**
 * A saved network as a function of Spark SQL. Its argument is a {@code binary} of an image's bytes,
 * or an {@code array} of numbers: a table's features as the table has them, otherwise as the first
 * layer takes them. It gives a {@code struct<predicted:int, probabilities:array<float>>}, and null
 * of null.
 */
public final class PredictFunction implements UDF1<Object, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType ANSWER =
      DataTypes.createStructType(
          List.of(
              DataTypes.createStructField("predicted", DataTypes.IntegerType, false),
              DataTypes.createStructField(
                  "probabilities", DataTypes.createArrayType(DataTypes.FloatType, false), false)));

  private final ModelSpec spec;
  private final Broadcast<float[]> parameters;

  /** What is done to a table's numbers first; null for a network of images. */
  private final RowScaling scaling;

  /** Made where it is first asked for: the parameters stay in the broadcast until then. */
  private transient volatile Predictor predictor;

  private PredictFunction(ModelSpec spec, Broadcast<float[]> parameters, RowScaling scaling) {
    this.scaling = scaling;
    this.spec = requireNonNull(spec, "spec");
    this.parameters = requireNonNull(parameters, "parameters");
  }

  /**
   * Registers it for a session, whose executors keep the parameters as long as the session lasts.
   *
   * @throws DataException if it is no classifier
   */
  public static void register(SparkSession spark, String name, SavedModel model) {
    if (!model.spec().isClassifier()) {
      throw new DataException(
          "expected a classifier, a network that ends in a softmax, found one that ends in %s; give another model"
              .formatted(model.spec().output().function()));
    }
    Broadcast<float[]> parameters =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model.parameters());
    RowScaling scaling = model.table().map(TableForm::scaling).orElse(null);
    spark.udf().register(name, new PredictFunction(model.spec(), parameters, scaling), ANSWER);
  }

  @Override
  public Row call(Object example) {
    if (example == null) {
      return null;
    }
    float[] probabilities =
        example instanceof byte[] pixels
            ? predictor().probabilities(pixels)
            : predictor().probabilities(scaled(features(example)));
    return RowFactory.create(Likeliest.of(probabilities, 0, probabilities.length), probabilities);
  }

  private Predictor predictor() {
    if (predictor == null) {
      predictor = new Predictor(new SavedModel(spec, parameters.value()));
    }
    return predictor;
  }

  /** Numbers that are not finite stay as they are: the predictor refuses them. */
  private float[] scaled(float[] features) {
    if (scaling == null || features.length != spec.inputs()) {
      return features;
    }
    float[] scaled = features.clone();
    for (int f = 0; f < scaled.length; f++) {
      scaled[f] = Float.isFinite(features[f]) ? scaling.scaled(f, features[f]) : features[f];
    }
    return scaled;
  }

  private static float[] features(Object example) {
    if (!(example instanceof Seq<?> values)) {
      throw new DataException(
          "expected an image's bytes (binary) or an array of numbers, found %s; cast the column"
              .formatted(example.getClass().getSimpleName()));
    }
    float[] features = new float[values.length()];
    for (int f = 0; f < features.length; f++) {
      if (!(values.apply(f) instanceof Number value)) {
        throw new DataException(
            "feature %d: expected a number, found %s; replace missing values first"
                .formatted(f, values.apply(f)));
      }
      features[f] = value.floatValue();
    }
    return features;
  }
}
