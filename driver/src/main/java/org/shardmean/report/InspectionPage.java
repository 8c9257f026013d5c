package org.shardmean.report;

import java.util.List;
import java.util.stream.Stream;
import org.shardmean.data.DataSummary;
import org.shardmean.data.VisibleText;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.WeightStatistics;

/**
 * What the template {@code inspection.jte} shows.
 *
 * @param t the texts, in one language
 * @param n how numbers are written in it
 */
record InspectionPage(Inspection inspection, Texts t, Figures n) {
  /** Units of the first layer that are shown at once, and at most. */
  static final int UNITS_AT_ONCE = 64;

  private static final int MOST_UNITS = 256;

  /** Classes that are listed at once; the counts of more can be opened. */
  static final int CLASSES_AT_ONCE = 30;

  /** A part of the data under its name. */
  record Part(String name, DataSummary summary) {}

  /** Parameters of one kind of one layer, in numbers. */
  record Weights(int layer, String kind, WeightStatistics numbers) {}

  /** What the page is about. */
  String name() {
    return String.join(
        " · ",
        Stream.concat(
                inspection.data().map(Inspection.Data::name).stream(),
                inspection.model().map(Inspection.Model::file).stream())
            .map(VisibleText::of)
            .toList());
  }

  /** A notice, in the page's language where it is known. */
  String inWords(String notice) {
    return VisibleText.of(RecordedSentences.in(t, notice));
  }

  List<Part> parts(Inspection.Data data) {
    return List.of(
        new Part(t.text("data.train"), data.train()), new Part(t.text("data.test"), data.test()));
  }

  NetworkTable network(Inspection.Model model) {
    return NetworkTable.of(model.saved().spec());
  }

  List<OriginRows.Row> origin(Inspection.Model model) {
    return OriginRows.of(model.saved().origin(), t);
  }

  List<Weights> weights(Inspection.Model model) {
    ParameterLayout layout = new ParameterLayout(model.saved().spec());
    float[] parameters = model.saved().parameters();
    return Stream.iterate(0, l -> l < layout.layers(), l -> l + 1)
        .flatMap(
            l ->
                Stream.of(
                    new Weights(
                        l + 1,
                        t.text("network.weights"),
                        WeightStatistics.ofWeights(layout, l, parameters)),
                    new Weights(
                        l + 1,
                        t.text("network.biases"),
                        WeightStatistics.ofBiases(layout, l, parameters))))
        .toList();
  }

  /** A few numbers, as a list. */
  String written(List<Float> numbers) {
    return String.join("  ", numbers.stream().map(number -> n.decimal(number, 4)).toList());
  }

  /** The first layer's units as images; none where the images' size is not known. */
  List<String> units(Inspection.Model model) {
    ParameterLayout layout = new ParameterLayout(model.saved().spec());
    return model
        .size()
        .map(
            size ->
                FirstLayer.of(
                        layout, model.saved().parameters(), size.height(), size.width(), MOST_UNITS)
                    .images())
        .orElse(List.of());
  }
}
