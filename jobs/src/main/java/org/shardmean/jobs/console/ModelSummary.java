package org.shardmean.jobs.console;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;
import org.shardmean.report.Texts;
import org.shardmean.settings.ValueReader;

/** A network's layers as a table of text, like Keras' {@code summary()}. */
public record ModelSummary(List<String> lines) {
  public static ModelSummary of(ModelSpec spec, Texts t) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("network.layer"), 0, -10),
                new TextTable.Column(t.text("console.inputs"), 1, 8),
                new TextTable.Column(t.text("console.outputs"), 1, 8),
                new TextTable.Column(t.text("network.activation"), 2, -10),
                new TextTable.Column(t.text("network.parameters"), 1, 12),
                new TextTable.Column(t.text("console.memory"), 1, 12)));
    String rule = "-".repeat(Columns.of(table.head()));
    List<String> lines = new ArrayList<>(List.of(table.head(), rule));
    ParameterLayout layout = new ParameterLayout(spec);
    for (int l = 0; l < layout.layers(); l++) {
      boolean last = l == layout.layers() - 1;
      int parameters = (layout.inputs(l) + 1) * layout.outputs(l);
      lines.add(
          table.row(
              List.of(
                  last ? t.text("console.output") : t.text("console.hidden", l + 1),
                  t.number("%,d", layout.inputs(l)),
                  t.number("%,d", layout.outputs(l)),
                  last ? spec.output().function() : ValueReader.written(spec.hidden()),
                  t.number("%,d", parameters),
                  memory(parameters, t))));
    }
    int all = spec.parameters();
    lines.add(rule);
    lines.add(
        table.row(
            List.of(t.text("console.total"), "", "", "", t.number("%,d", all), memory(all, t))));
    return new ModelSummary(List.copyOf(lines));
  }

  private static String memory(int parameters, Texts t) {
    return t.number("%,.1f KiB", parameters * 4 / 1024.0);
  }
}
