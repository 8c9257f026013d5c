package org.shardmean.jobs.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.shardmean.data.DataSummary;
import org.shardmean.jobs.console.ModelSummary;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.WeightStatistics;
import org.shardmean.report.Inspection;
import org.shardmean.run.Sentence;

/** An inspection as text for a terminal. */
record InspectionText(List<String> lines) {
  private static final int DRAWN = 10;

  static InspectionText of(Inspection inspection, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    inspection.data().ifPresent(data -> addData(lines, data, terminal));
    inspection.model().ifPresent(model -> addModel(lines, model));
    return new InspectionText(List.copyOf(lines));
  }

  private static void addData(List<String> lines, Inspection.Data data, Terminal terminal) {
    data.notices().forEach(notice -> lines.add("*** " + notice + " ***"));
    DataSummary train = data.train();
    lines.add(
        Sentence.of(
            "Data: %s, images of %dx%d, %d classes",
            data.name(), train.height(), train.width(), train.classes()));
    lines.add("");
    lines.add("Part        Images  Smallest     Mean  Largest  Pixels with ink");
    lines.add(pixels("training", train));
    lines.add(pixels("test", data.test()));
    lines.add("");
    lines.add("Class  Training      Test");
    for (int label = 0; label < train.classes(); label++) {
      lines.add(
          Sentence.of(
              "%5d  %,8d  %,8d",
              label, train.countsPerClass().get(label), data.test().countsPerClass().get(label)));
    }
    lines.add("");
    terminal
        .drawn(
            data.samples().subList(0, Math.min(DRAWN, data.samples().size())),
            train.height(),
            train.width())
        .lines()
        .forEach(lines::add);
  }

  private static String pixels(String part, DataSummary summary) {
    return Sentence.of(
        "%-8s  %,8d  %8d  %7.2f  %7d  %14.2f%%",
        part,
        summary.count(),
        summary.minimum(),
        summary.mean(),
        summary.maximum(),
        100 * summary.inkShare());
  }

  private static void addModel(List<String> lines, Inspection.Model model) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("Model: " + model.file());
    lines.add("");
    lines.addAll(ModelSummary.of(model.saved().spec()).lines());
    lines.add("");
    lines.add("Layer  What      Smallest     Mean  Largest  Std dev  The first few");
    ParameterLayout layout = new ParameterLayout(model.saved().spec());
    float[] parameters = model.saved().parameters();
    for (int l = 0; l < layout.layers(); l++) {
      lines.add(row(l, "weights", WeightStatistics.ofWeights(layout, l, parameters)));
      lines.add(row(l, "biases", WeightStatistics.ofBiases(layout, l, parameters)));
    }
  }

  private static String row(int layer, String what, WeightStatistics numbers) {
    return Sentence.of(
        "%5d  %-8s  %8.4f %8.4f %8.4f %8.4f  %s",
        layer + 1,
        what,
        numbers.minimum(),
        numbers.mean(),
        numbers.maximum(),
        numbers.deviation(),
        numbers.first().stream()
            .map(number -> Sentence.of("%.4f", number))
            .collect(Collectors.joining(" ")));
  }
}
