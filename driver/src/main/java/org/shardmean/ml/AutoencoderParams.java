package org.shardmean.ml;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that an autoencoder reads and adds.
 *
 * @param <P> the estimator or the model
 */
public interface AutoencoderParams<P extends AutoencoderParams<P>> extends Params {
  /** The params themselves. */
  AutoencoderParamSet columns();

  /** This estimator or model. */
  P self();

  /** Column of features. */
  default Param<String> featuresCol() {
    return columns().featuresCol;
  }

  default String getFeaturesCol() {
    return $(featuresCol());
  }

  default P setFeaturesCol(String column) {
    set(featuresCol(), column);
    return self();
  }

  /** Column of the code. */
  default Param<String> outputCol() {
    return columns().outputCol;
  }

  default String getOutputCol() {
    return $(outputCol());
  }

  default P setOutputCol(String column) {
    set(outputCol(), column);
    return self();
  }

  /** Column of the reconstruction error. */
  default Param<String> errorCol() {
    return columns().errorCol;
  }

  default String getErrorCol() {
    return $(errorCol());
  }

  default P setErrorCol(String column) {
    set(errorCol(), column);
    return self();
  }

  /** What is so where nobody sets it; a constructor calls it. */
  default void setColumnDefaults() {
    setDefault(featuresCol(), "features");
    setDefault(outputCol(), "code");
    setDefault(errorCol(), "reconstructionError");
  }

  /**
   * A schema with the columns that are added.
   *
   * @throws IllegalArgumentException if there are no features of the right type, or a column that
   *     is added is there already
   */
  default StructType withColumns(StructType schema) {
    String features = getFeaturesCol();
    DataType expected = FeaturesColumn.expected(schema, features);
    if (!Arrays.asList(schema.fieldNames()).contains(features)
        || !schema.apply(features).dataType().equals(expected)) {
      throw new IllegalArgumentException(
          "column %s: expected vectors or arrays of numbers, found %s; set featuresCol"
              .formatted(features, schema.simpleString()));
    }
    return with(
        with(schema, getOutputCol(), SQLDataTypes.VectorType()),
        getErrorCol(),
        DataTypes.DoubleType);
  }

  private static StructType with(StructType schema, String column, DataType type) {
    if (column.isEmpty()) {
      return schema;
    }
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          "column %s: expected none of that name, found one; give another name".formatted(column));
    }
    return schema.add(column, type, false);
  }
}
