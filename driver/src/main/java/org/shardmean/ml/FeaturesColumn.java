package org.shardmean.ml;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.InvalidRows;
import org.shardmean.spark.TableColumns;

/** The column of features of a table that a model is to answer: vectors, or arrays of numbers. */
final class FeaturesColumn {
  private FeaturesColumn() {}

  /** What Spark should expect in the column: what is there, if it is an array of numbers. */
  static DataType expected(StructType schema, String column) {
    boolean isThere = Arrays.asList(schema.fieldNames()).contains(column);
    return isThere
            && schema.apply(column).dataType() instanceof ArrayType array
            && array.elementType() instanceof NumericType
        ? array
        : SQLDataTypes.VectorType();
  }

  /**
   * Checks that a column of labels, if it is there, holds numbers.
   *
   * @param remedy what to do where it does not
   * @throws IllegalArgumentException if it does not
   */
  static void requireNumbers(StructType schema, String label, String remedy) {
    if (!Arrays.asList(schema.fieldNames()).contains(label)) {
      return; // Spark says so, and names the columns there are.
    }
    DataType found = schema.apply(label).dataType();
    if (!(found instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column %s: expected numbers, found %s; %s"
              .formatted(label, found.simpleString(), remedy));
    }
  }

  /**
   * A table's answers.
   *
   * @param invalid whether rows that the network cannot take are left out
   * @param answer of a table with vectors in the column of the name that it is given
   */
  static Dataset<Row> answered(
      Dataset<?> table,
      String column,
      NetworkHolder.Sent network,
      InvalidRows invalid,
      BiFunction<Dataset<Row>, String, Dataset<Row>> answer) {
    Dataset<Row> rows = table.toDF();
    String vectors = column;
    if (expected(rows.schema(), column) instanceof ArrayType) {
      vectors = column + "_vector_" + Integer.toHexString(column.hashCode());
      rows =
          rows.withColumn(
              vectors, functions.array_to_vector(TableColumns.named(column).cast("array<double>")));
    }
    if (invalid == InvalidRows.SKIP) {
      UDF1<Vector, Boolean> takes = vector -> network.network().takes(vector);
      rows =
          rows.filter(
              org.apache
                  .spark
                  .sql
                  .functions
                  .udf(takes, DataTypes.BooleanType)
                  .apply(TableColumns.named(vectors)));
    }
    Dataset<Row> answered = answer.apply(rows, vectors);
    return vectors.equals(column) ? answered : answered.drop(vectors);
  }

  /** Numbers as Spark has them. */
  static Vector vector(float[] numbers) {
    double[] values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return Vectors.dense(values);
  }
}
