package org.shardmean.spark;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * A vector of Spark ML in a table's row. This class alone knows MLlib, which a program without
 * vectors need not have: it is loaded where there is one.
 */
final class VectorCell {
  private static final String VECTOR = "org.apache.spark.ml.linalg.Vector";

  private VectorCell() {}

  /** Whether a column holds such vectors. */
  static boolean isType(DataType type) {
    return type instanceof UserDefinedType<?> defined
        && defined.userClass().getName().equals(VECTOR);
  }

  static int length(Object cell) {
    return ((Vector) cell).size();
  }

  /** How many numbers it holds: of a sparse one, those that it names. */
  static int held(Object cell) {
    return cell instanceof SparseVector sparse ? sparse.indices().length : length(cell);
  }

  /** Gives its numbers to {@code numbers}; whether all are finite in float32. */
  static boolean copyTo(Object cell, TableRow.NonZeros numbers) {
    boolean areFinite = true;
    if (cell instanceof SparseVector sparse) {
      int[] places = sparse.indices();
      double[] values = sparse.values();
      for (int i = 0; i < places.length; i++) {
        areFinite &= numbers.put(places[i], values[i]);
      }
    } else {
      double[] values = ((DenseVector) cell).values();
      for (int i = 0; i < values.length; i++) {
        areFinite &= numbers.put(i, values[i]);
      }
    }
    return areFinite;
  }
}
