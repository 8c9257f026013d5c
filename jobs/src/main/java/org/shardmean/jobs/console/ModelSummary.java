package org.shardmean.jobs.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;
import org.shardmean.settings.ValueReader;

/** A network's layers as a table of text, like Keras' {@code summary()}. */
public record ModelSummary(List<String> lines) {
  private static final String ROW = "%-10s %8s %8s  %-10s %12s %12s";

  public static ModelSummary of(ModelSpec spec) {
    ParameterLayout layout = new ParameterLayout(spec);
    List<String> rows = new ArrayList<>();
    for (int l = 0; l < layout.layers(); l++) {
      boolean last = l == layout.layers() - 1;
      rows.add(
          row(
              last ? "output" : "hidden " + (l + 1),
              count(layout.inputs(l)),
              count(layout.outputs(l)),
              last ? "softmax" : ValueReader.written(spec.hidden()),
              (layout.inputs(l) + 1) * layout.outputs(l)));
    }
    String head = ROW.formatted("Layer", "Inputs", "Outputs", "Activation", "Parameters", "Memory");
    String rule = "-".repeat(head.length());
    String total = row("Total", "", "", "", spec.parameters());
    return new ModelSummary(
        Stream.of(Stream.of(head, rule), rows.stream(), Stream.of(rule, total))
            .flatMap(part -> part)
            .toList());
  }

  private static String row(
      String name, String inputs, String outputs, String activation, int parameters) {
    String memory = String.format(Locale.ROOT, "%,.1f KiB", parameters * 4 / 1024.0);
    return ROW.formatted(name, inputs, outputs, activation, count(parameters), memory);
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
