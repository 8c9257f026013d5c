package org.shardmean.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.data.TableForm;
import org.shardmean.data.VisibleText;
import org.shardmean.run.GivenBackRows;

/**
 * What an autoencoder gives back of rows, and the map of their codes, laid out.
 *
 * @param form what the features are called, and how they were scaled
 * @param units numbers of a code
 */
record RowCodeView(GivenBackRows all, TableForm form, int units, Texts t, Figures n) {
  private static final int FEATURES = 20;
  private static final int DIGITS = 4;

  /** The share of rows that are drawn as unusual. */
  private static final double UNUSUAL = 0.05;

  /** A row on the map. */
  record Mark(double x, double y, String style, double radius) {}

  /** A row with a large error. */
  record Row(String error, List<String> furthest) {}

  /** How many rows there are, and what an error is. */
  String what() {
    return t.text("rowCode.what", n.count(all.ofRows().size()), n.count(units));
  }

  /** How large errors are. */
  String errors() {
    return t.text(
        "rowCode.errors",
        n.significant(quantile(0.5), DIGITS),
        n.significant(quantile(1 - UNUSUAL), DIGITS),
        n.significant(quantile(1), DIGITS));
  }

  /** The least error that so large a share of the rows do not exceed. */
  private double quantile(double share) {
    List<Double> sorted = all.ofRows().stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  /** The features with the largest errors. */
  List<FeatureWeights.Feature> features() {
    List<String> names = form.inputNames();
    double greatest =
        Math.max(
            Double.MIN_NORMAL,
            all.ofFeatures().stream().mapToDouble(Double::doubleValue).max().orElse(0));
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(Comparator.comparingDouble(f -> -all.ofFeatures().get(f)))
        .limit(FEATURES)
        .map(
            f ->
                new FeatureWeights.Feature(
                    VisibleText.of(names.get(f)),
                    all.ofFeatures().get(f),
                    all.ofFeatures().get(f) / greatest))
        .toList();
  }

  /** Where the map shows the rows' codes. */
  String mapInWords() {
    String share = n.percent(all.share(), 0);
    return units > 2 ? t.text("rowCode.mapWhat", share) : t.text("rowCode.mapOfTwo", share);
  }

  /** Unusual rows last, so that none is hidden. */
  List<Mark> marks() {
    double usual = quantile(1 - UNUSUAL);
    return IntStream.range(0, all.map().size())
        .boxed()
        .sorted(Comparator.comparing(i -> all.ofRows().get(i) > usual))
        .map(
            i -> {
              boolean isUnusual = all.ofRows().get(i) > usual;
              GivenBackRows.Place place = all.map().get(i);
              return new Mark(
                  CodeView.across(place.x()),
                  CodeView.upwards(place.y()),
                  isUnusual ? "k1" : "k0",
                  isUnusual ? 3 : 1.5);
            })
        .toList();
  }

  List<Row> unusual() {
    return all.unusual().stream()
        .map(
            row ->
                new Row(
                    n.significant(row.error(), DIGITS),
                    row.furthest().stream().map(this::inWords).toList()))
        .toList();
  }

  /** A feature in its own unit. */
  private String inWords(GivenBackRows.Feature feature) {
    int number = feature.number();
    return t.text(
        "rowCode.feature",
        VisibleText.of(form.inputNames().get(number)),
        n.significant(form.scaling().unscaled(number, feature.value()), DIGITS),
        n.significant(form.scaling().unscaled(number, feature.back()), DIGITS));
  }
}
