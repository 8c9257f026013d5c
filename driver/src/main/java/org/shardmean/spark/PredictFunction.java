package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.DataException;
import org.shardmean.metrics.Likeliest;
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

  private final SentModel sent;

  /** Made where it is first asked for: the network stays in the broadcast until then. */
  private transient volatile Predictor predictor;

  private PredictFunction(SentModel sent) {
    this.sent = requireNonNull(sent, "sent");
  }

  /**
   * Registers it for a session, whose executors keep the network as long as the session lasts.
   *
   * @throws DataException if it is no classifier
   */
  public static void register(SparkSession spark, String name, SavedModel model) {
    if (!model.spec().isClassifier()) {
      throw new DataException(
          "expected a classifier, a network that ends in a softmax, found one that ends in %s; give another model"
              .formatted(model.spec().output().function()));
    }
    spark.udf().register(name, new PredictFunction(SentModel.of(model, spark)), ANSWER);
  }

  @Override
  public Row call(Object example) {
    if (example == null) {
      return null;
    }
    float[] probabilities =
        example instanceof byte[] pixels
            ? predictor().probabilities(pixels)
            : predictor().probabilities(features(example));
    return RowFactory.create(Likeliest.of(probabilities, 0, probabilities.length), probabilities);
  }

  private Predictor predictor() {
    if (predictor == null) {
      predictor = new Predictor(sent.model());
    }
    return predictor;
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
