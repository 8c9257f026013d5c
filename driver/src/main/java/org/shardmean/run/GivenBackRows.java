package org.shardmean.run;

import java.util.List;

/**
 * What an autoencoder does with rows of a table that it never trained on, to be shown. Features are
 * as the network takes them: from 0 to 1 in the range that they have in the training rows.
 *
 * @param ofFeatures the mean squared error of each feature
 * @param ofRows the mean squared error of each row
 * @param map where the rows lie by their codes, in the same order; empty where a code is a single
 *     number
 * @param share of the codes' variance that the map shows, 0 to 1
 * @param unusual the rows with the largest errors, the largest first
 */
public record GivenBackRows(
    List<Double> ofFeatures,
    List<Double> ofRows,
    List<Place> map,
    double share,
    List<Unusual> unusual) {
  public static final int MOST_ROWS = 1000;
  public static final int MOST_UNUSUAL = 10;

  /** Features that are told of an unusual row. */
  public static final int MOST_FURTHEST = 3;

  /**
   * @throws IllegalArgumentException if there are no rows or too many, or not a place for each
   */
  public GivenBackRows {
    ofFeatures = List.copyOf(ofFeatures);
    ofRows = List.copyOf(ofRows);
    map = List.copyOf(map);
    unusual = List.copyOf(unusual);
    if (ofRows.isEmpty()
        || ofRows.size() > MOST_ROWS
        || (!map.isEmpty() && map.size() != ofRows.size())
        || unusual.size() > MOST_UNUSUAL) {
      throw new IllegalArgumentException(
          "expected errors of 1 to %d rows, a place for each and at most %d unusual ones, found %d, %d and %d"
              .formatted(MOST_ROWS, MOST_UNUSUAL, ofRows.size(), map.size(), unusual.size()));
    }
  }

  /** A place on the map; both coordinates are 0 to 1. */
  public record Place(double x, double y) {}

  /**
   * A row that came back with a large error.
   *
   * @param furthest its features with the largest errors, the largest first
   */
  public record Unusual(double error, List<Feature> furthest) {
    public Unusual {
      furthest = List.copyOf(furthest);
      if (furthest.size() > MOST_FURTHEST) {
        throw new IllegalArgumentException(
            "at most %d features are told, found %d".formatted(MOST_FURTHEST, furthest.size()));
      }
    }
  }

  /**
   * A feature of a row.
   *
   * @param number from 0
   * @param value as the network took it
   * @param back as the network gave it back
   */
  public record Feature(int number, double value, double back) {}
}
