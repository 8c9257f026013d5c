package org.shardmean.report;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.run.GivenBackRows;
import org.shardmean.run.GivenBackRows.Feature;
import org.shardmean.run.GivenBackRows.Place;
import org.shardmean.run.GivenBackRows.Unusual;

/**
 * The part of {@link ExaminedFile} that an autoencoder of rows has. First a byte: 1 where there is
 * anything, else 0 and nothing more. Then the error of each feature (double); the number of rows
 * (int) and the error of each (double); the number of places on the map (int), two floats for each,
 * and the share of the variance (double); the number of unusual rows (int), and for each its error
 * (double), the number of its features (int), and for each its number (int), its value and what was
 * given back (doubles).
 *
 * @param features of a row
 * @param bytes that the file has, at most
 */
record GivenBackRowsFile(DataInputStream in, int features, int bytes) {
  static void write(Optional<GivenBackRows> some, DataOutputStream out) throws IOException {
    out.writeByte(some.isPresent() ? 1 : 0);
    if (some.isEmpty()) {
      return;
    }
    GivenBackRows all = some.get();
    for (double error : all.ofFeatures()) {
      out.writeDouble(error);
    }
    out.writeInt(all.ofRows().size());
    for (double error : all.ofRows()) {
      out.writeDouble(error);
    }
    out.writeInt(all.map().size());
    for (Place place : all.map()) {
      out.writeFloat((float) place.x());
      out.writeFloat((float) place.y());
    }
    out.writeDouble(all.share());
    out.writeInt(all.unusual().size());
    for (Unusual unusual : all.unusual()) {
      out.writeDouble(unusual.error());
      out.writeInt(unusual.furthest().size());
      for (Feature feature : unusual.furthest()) {
        out.writeInt(feature.number());
        out.writeDouble(feature.value());
        out.writeDouble(feature.back());
      }
    }
  }

  /**
   * Reads what {@link #write} wrote; makes room for no more than the file can hold. Files of
   * earlier builds end before it.
   *
   * @throws IOException if it is not that, or ends too early
   */
  Optional<GivenBackRows> read() throws IOException {
    if (in.read() <= 0) {
      return Optional.empty();
    }
    require((long) features * Double.BYTES <= bytes, features + " features");
    List<Double> ofFeatures = doubles(features);
    List<Double> ofRows = doubles(number(GivenBackRows.MOST_ROWS, "rows"));
    require(!ofRows.isEmpty(), "no rows");
    List<Place> map = new ArrayList<>();
    for (int p = number(GivenBackRows.MOST_ROWS, "places"); p > 0; p--) {
      map.add(new Place(share(in.readFloat()), share(in.readFloat())));
    }
    require(map.isEmpty() || map.size() == ofRows.size(), "another number of places than of rows");
    double share = share(in.readDouble());
    List<Unusual> unusual = new ArrayList<>();
    for (int u = number(GivenBackRows.MOST_UNUSUAL, "unusual rows"); u > 0; u--) {
      unusual.add(new Unusual(in.readDouble(), furthest()));
    }
    return Optional.of(new GivenBackRows(ofFeatures, ofRows, map, share, unusual));
  }

  private List<Feature> furthest() throws IOException {
    List<Feature> furthest = new ArrayList<>();
    for (int f = number(GivenBackRows.MOST_FURTHEST, "features of a row"); f > 0; f--) {
      int number = in.readInt();
      require(number >= 0 && number < features, "a feature that there is not");
      furthest.add(new Feature(number, in.readDouble(), in.readDouble()));
    }
    return furthest;
  }

  private List<Double> doubles(int count) throws IOException {
    List<Double> doubles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      doubles.add(in.readDouble());
    }
    return doubles;
  }

  private int number(int most, String what) throws IOException {
    int number = in.readInt();
    require(number >= 0 && number <= most, number + " " + what);
    return number;
  }

  private static double share(double share) throws IOException {
    require(share >= 0 && share <= 1.000001, "a share of " + share);
    return Math.min(1, share);
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
