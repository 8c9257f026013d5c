package org.shardmean.train;

import org.shardmean.model.ParameterLayout;

/**
 * The order in which {@link FusedEngine} keeps parameters, gradient and moments: as {@link
 * ParameterLayout}'s, but with each layer's weights transposed, a row for each input and a column
 * for each unit. So all that one pixel has to do with stands together, and a pixel that is
 * background in a whole batch is passed over (see {@link SparseLayer}).
 */
final class InputMajor {
  /** Rows that are carried at a time: half a cache line of the transpose. */
  private static final int STRIPE = 8;

  private final ParameterLayout layout;

  InputMajor(ParameterLayout layout) {
    this.layout = layout;
  }

  /**
   * Copies a vector from the layout's order to this one.
   *
   * @param flat holds the vector from {@code at} on
   * @param into as long as the layout
   */
  void fromLayout(float[] flat, int at, float[] into) {
    for (int l = 0; l < layout.layers(); l++) {
      int weights = layout.weights(l);
      int biases = layout.biases(l);
      transpose(flat, at + weights, layout.outputs(l), layout.inputs(l), into, weights);
      System.arraycopy(flat, at + biases, into, biases, layout.outputs(l));
    }
  }

  /**
   * Copies a vector back to the layout's order.
   *
   * @param from as long as the layout
   * @param flat receives the vector from {@code at} on
   */
  void toLayout(float[] from, float[] flat, int at) {
    for (int l = 0; l < layout.layers(); l++) {
      int weights = layout.weights(l);
      int biases = layout.biases(l);
      transpose(from, weights, layout.inputs(l), layout.outputs(l), flat, at + weights);
      System.arraycopy(from, biases, flat, at + biases, layout.outputs(l));
    }
  }

  /** Writes the transpose of the {@code rows * columns} matrix at {@code first} to {@code to}. */
  private static void transpose(
      float[] from, int first, int rows, int columns, float[] into, int to) {
    int striped = rows - rows % STRIPE;
    for (int row = 0; row < striped; row += STRIPE) {
      transposeStripe(from, first + row * columns, rows, columns, into, to + row);
    }
    for (int row = striped; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        into[to + column * rows + row] = from[first + row * columns + column];
      }
    }
  }

  /** Written out, because the compiler does not unroll it: twice as fast. */
  private static void transposeStripe(
      float[] from, int first, int rows, int columns, float[] into, int to) {
    for (int column = 0; column < columns; column++) {
      int at = first + column;
      int target = to + column * rows;
      into[target] = from[at];
      into[target + 1] = from[at + columns];
      into[target + 2] = from[at + 2 * columns];
      into[target + 3] = from[at + 3 * columns];
      into[target + 4] = from[at + 4 * columns];
      into[target + 5] = from[at + 5 * columns];
      into[target + 6] = from[at + 6 * columns];
      into[target + 7] = from[at + 7 * columns];
    }
  }
}
