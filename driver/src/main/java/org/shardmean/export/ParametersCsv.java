package org.shardmean.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.SavedModel;

/**
 * Parameters as CSV: a line for each under the header {@code layer,kind,input,unit,value}. Layers
 * are numbered from 1, their inputs and units from 0; kind is {@code weight} or {@code bias}, and a
 * bias has no input. A value is as short as reads back to the same float. In the format of RFC
 * 4180, but lines end with {@code \n}.
 */
final class ParametersCsv {
  private ParametersCsv() {}

  static void write(SavedModel model, OutputStream out) throws IOException {
    ParameterLayout layout = new ParameterLayout(model.spec());
    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
    csv.write("layer,kind,input,unit,value\n");
    for (int l = 0; l < layout.layers(); l++) {
      writeWeights(model.parameters(), layout, l, csv);
      writeBiases(model.parameters(), layout, l, csv);
    }
    csv.flush();
  }

  private static void writeWeights(
      float[] parameters, ParameterLayout layout, int layer, Writer csv) throws IOException {
    for (int to = 0; to < layout.outputs(layer); to++) {
      for (int from = 0; from < layout.inputs(layer); from++) {
        float weight = parameters[layout.weight(layer, from, to)];
        csv.write((layer + 1) + ",weight," + from + ',' + to + ',' + weight + '\n');
      }
    }
  }

  private static void writeBiases(float[] parameters, ParameterLayout layout, int layer, Writer csv)
      throws IOException {
    for (int to = 0; to < layout.outputs(layer); to++) {
      float bias = parameters[layout.biases(layer) + to];
      csv.write((layer + 1) + ",bias,," + to + ',' + bias + '\n');
    }
  }
}
