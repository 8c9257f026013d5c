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

  /** Writes its numbers to {@code into}, from {@code at}, which holds zeros. */
  static void copyTo(Object cell, float[] into, int at) {
    if (cell instanceof SparseVector sparse) {
      int[] places = sparse.indices();
      double[] values = sparse.values();
      for (int i = 0; i < places.length; i++) {
        into[at + places[i]] = (float) values[i];
      }
    } else {
      double[] values = ((DenseVector) cell).values();
      for (int i = 0; i < values.length; i++) {
        into[at + i] = (float) values[i];
      }
    }
  }
}
