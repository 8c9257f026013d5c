package org.shardmean.jobs.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shardmean.data.DataSummary;
import org.shardmean.data.TableForm;
import org.shardmean.data.VisibleText;
import org.shardmean.jobs.console.ModelSummary;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.TextTable;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.WeightStatistics;
import org.shardmean.report.Figures;
import org.shardmean.report.Inspection;
import org.shardmean.report.OriginRows;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;

/** An inspection as text for a terminal. */
record InspectionText(List<String> lines) {
  private static final int DRAWN = 10;

  static InspectionText of(Inspection inspection, Terminal terminal, Texts t) {
    List<String> lines = new ArrayList<>();
    inspection.data().ifPresent(data -> addData(lines, data, terminal, t));
    inspection.model().ifPresent(model -> addModel(lines, model, t));
    return new InspectionText(List.copyOf(lines));
  }

  private static void addData(
      List<String> lines, Inspection.Data data, Terminal terminal, Texts t) {
    data.notices().forEach(notice -> lines.add("*** " + RecordedSentences.in(t, notice) + " ***"));
    DataSummary train = data.train();
    lines.add(
        t.text(
            "console.inspectedData", data.name(), train.height(), train.width(), train.classes()));
    lines.add("");
    addPixels(lines, data, t);
    lines.add("");
    addClasses(lines, data, t);
    lines.add("");
    terminal
        .drawn(
            data.samples().subList(0, Math.min(DRAWN, data.samples().size())),
            train.height(),
            train.width())
        .lines()
        .forEach(lines::add);
  }

  private static void addPixels(List<String> lines, Inspection.Data data, Texts t) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("inspect.part"), 0, -8),
                new TextTable.Column(t.text("inspect.images"), 2, 8),
                new TextTable.Column(t.text("inspect.minimum"), 2, 8),
                new TextTable.Column(t.text("inspect.mean"), 2, 7),
                new TextTable.Column(t.text("inspect.maximum"), 2, 7),
                new TextTable.Column(t.text("inspect.ink"), 2, 15)));
    lines.add(table.head());
    lines.add(table.row(pixels(t.text("console.partTraining"), data.train(), t)));
    lines.add(table.row(pixels(t.text("console.partTest"), data.test(), t)));
  }

  private static List<String> pixels(String part, DataSummary summary, Texts t) {
    return List.of(
        part,
        t.number("%,d", summary.count()),
        t.number("%d", summary.minimum()),
        t.number("%.2f", summary.mean()),
        t.number("%d", summary.maximum()),
        t.number("%.2f%%", 100 * summary.inkShare()));
  }

  private static void addClasses(List<String> lines, Inspection.Data data, Texts t) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("inspect.class"), 0, 5),
                new TextTable.Column(t.text("learning.training"), 2, 8),
                new TextTable.Column(t.text("console.columnTest"), 2, 8)));
    lines.add(table.head());
    for (int label = 0; label < data.train().classes(); label++) {
      lines.add(
          table.row(
              List.of(
                  t.number("%d", label),
                  t.number("%,d", data.train().countsPerClass().get(label)),
                  t.number("%,d", data.test().countsPerClass().get(label)))));
    }
  }

  private static void addModel(List<String> lines, Inspection.Model model, Texts t) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(t.text("console.model", model.file()));
    lines.add("");
    lines.addAll(ModelSummary.of(model.saved().spec(), t).lines());
    lines.add("");
    model.saved().table().ifPresent(form -> addTable(lines, form, t));
    lines.add(t.text("origin.title"));
    OriginRows.of(model.saved().origin(), t)
        .forEach(row -> lines.add("  " + row.what() + ": " + row.value()));
    lines.add("");
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("network.layer"), 0, 5),
                new TextTable.Column(t.text("console.what"), 2, -8),
                new TextTable.Column(t.text("inspect.minimum"), 2, 8),
                new TextTable.Column(t.text("inspect.mean"), 1, 8),
                new TextTable.Column(t.text("inspect.maximum"), 1, 8),
                new TextTable.Column(t.text("console.deviation"), 1, 8),
                new TextTable.Column(t.text("console.firstFew"), 2, -1)));
    lines.add(table.head());
    ParameterLayout layout = new ParameterLayout(model.saved().spec());
    float[] parameters = model.saved().parameters();
    for (int l = 0; l < layout.layers(); l++) {
      WeightStatistics weights = WeightStatistics.ofWeights(layout, l, parameters);
      WeightStatistics biases = WeightStatistics.ofBiases(layout, l, parameters);
      lines.add(table.row(row(l, t.text("console.weights"), weights, t)));
      lines.add(table.row(row(l, t.text("console.biases"), biases, t)));
    }
  }

  /** The columns that it takes, and what it answers with. */
  private static void addTable(List<String> lines, TableForm form, Texts t) {
    lines.add(
        t.text("data.columns")
            + ": "
            + joined(form.features().stream().map(TableForm.Column::name)));
    Stream<String> learned = Stream.concat(form.label().stream(), form.targets().stream());
    String answered = joined(learned);
    if (!answered.isEmpty()) {
      lines.add(t.text("data.learned") + ": " + answered);
    }
    if (!form.classes().isEmpty()) {
      lines.add(t.text("classes.class") + ": " + joined(form.classes().stream()));
    }
    lines.add("");
  }

  private static String joined(Stream<String> names) {
    return names.map(VisibleText::of).collect(Collectors.joining(", "));
  }

  private static List<String> row(int layer, String what, WeightStatistics numbers, Texts t) {
    Figures figures = new Figures(t.locale());
    return List.of(
        t.number("%d", layer + 1),
        what,
        figures.decimal(numbers.minimum(), 4),
        figures.decimal(numbers.mean(), 4),
        figures.decimal(numbers.maximum(), 4),
        figures.decimal(numbers.deviation(), 4),
        numbers.first().stream()
            .map(number -> figures.decimal(number, 4))
            .collect(Collectors.joining(" ")));
  }
}
