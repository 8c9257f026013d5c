package org.shardmean.spark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.RowSet;
import org.shardmean.model.MissingBlasException;
import org.shardmean.run.GivenBackRows;
import org.shardmean.run.RunConfig;
import org.shardmean.train.Autoencoder;

/** Looks on the driver at what an autoencoder that is trained does with some validation rows. */
final class RowAutoencoderLook {
  private RowAutoencoderLook() {}

  /** What is shown of the network that is kept; nothing of other networks and of images. */
  static Optional<GivenBackRows> of(
      ExampleSource validation, RunConfig config, TrainingOutcome outcome) {
    boolean looks =
        Autoencoder.isOne(config.model())
            && config.model().parameters() <= AutoencoderLook.MOST_PARAMETERS
            && !outcome.epochs().isEmpty();
    if (!looks || !(some(validation) instanceof RowSet rows)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(rows, new Autoencoder(config.model(), outcome.parameters())));
    } catch (MissingBlasException e) {
      return Optional.empty(); // A driver without it can still drive executors that have it.
    }
  }

  /** Evenly spread over the validation examples. */
  private static Object some(ExampleSource validation) {
    int count = validation.count();
    int some = Math.min(GivenBackRows.MOST_ROWS, count);
    return validation.select(
        IntStream.range(0, some).map(i -> (int) ((long) i * count / some)).toArray());
  }

  private static GivenBackRows of(RowSet rows, Autoencoder network) {
    double[][] features = features(rows);
    List<float[]> back = network.answers(rows);
    double[][] errors = squaredErrors(features, back);
    double[] ofRows = Arrays.stream(errors).mapToDouble(RowAutoencoderLook::mean).toArray();
    CodeMap map = CodeMap.of(network.codes(rows), GivenBackRows.MOST_ROWS);
    return new GivenBackRows(
        ofFeatures(errors),
        Arrays.stream(ofRows).boxed().toList(),
        map.places().stream().map(p -> new GivenBackRows.Place(p[0], p[1])).toList(),
        map.share(),
        largest(ofRows, GivenBackRows.MOST_UNUSUAL).stream()
            .map(
                row ->
                    new GivenBackRows.Unusual(
                        ofRows[row], furthest(features[row], back.get(row), errors[row])))
            .toList());
  }

  private static double[][] features(RowSet rows) {
    float[] row = new float[rows.width()];
    double[][] features = new double[rows.count()][row.length];
    for (int i = 0; i < features.length; i++) {
      rows.copyFeatures(i, row, 0);
      for (int f = 0; f < row.length; f++) {
        features[i][f] = row[f];
      }
    }
    return features;
  }

  /** For each row that of each feature. */
  private static double[][] squaredErrors(double[][] features, List<float[]> back) {
    double[][] errors = new double[features.length][];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = new double[features[i].length];
      for (int f = 0; f < errors[i].length; f++) {
        double difference = back.get(i)[f] - features[i][f];
        errors[i][f] = difference * difference;
      }
    }
    return errors;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static List<Double> ofFeatures(double[][] errors) {
    double[] sums = new double[errors[0].length];
    for (double[] row : errors) {
      for (int f = 0; f < sums.length; f++) {
        sums[f] += row[f];
      }
    }
    return Arrays.stream(sums).map(sum -> sum / errors.length).boxed().toList();
  }

  private static List<GivenBackRows.Feature> furthest(
      double[] features, float[] back, double[] errors) {
    return largest(errors, GivenBackRows.MOST_FURTHEST).stream()
        .map(f -> new GivenBackRows.Feature(f, features[f], back[f]))
        .toList();
  }

  /** The places of the largest values, the largest first, of equal ones the first. */
  private static List<Integer> largest(double[] values, int most) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -values[i]))
        .limit(most)
        .toList();
  }
}
