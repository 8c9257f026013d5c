package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.RowScaling;
import org.shardmean.data.RowSet;
import org.shardmean.data.TableForm;
import org.shardmean.export.ExportFormat;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.SavedModel;
import org.shardmean.predict.Predictor;

/** Networks for rows of a table, whose scaling other programs find in the file. */
class TableExportIT {
  private static final double NEAR = 1e-6;
  private static final int ROWS = 2_000;

  /** Of very unlike size, and a column of equal numbers. */
  private static final double[] SIZES = {1e6, 1, 1e-5, 0};

  private static final double[] MIDDLES = {5e6, -3, 1e-3, 7};

  @TempDir Path folder;

  private static float[][] rows() {
    SplittableRandom random = new SplittableRandom(8);
    float[][] rows = new float[ROWS][SIZES.length];
    for (float[] row : rows) {
      for (int f = 0; f < row.length; f++) {
        row[f] = (float) (MIDDLES[f] + SIZES[f] * (2 * random.nextDouble() - 1));
      }
    }
    return rows;
  }

  private static SavedModel classifier(float[][] rows) {
    ModelSpec spec = ModelSpec.parse("4-16-3", Activation.RELU);
    RowScaling scaling = RowScaling.standard(RowSet.labelled(rows, new int[ROWS], 3));
    TableForm form =
        new TableForm(
            List.of(
                new TableForm.Column("sizes", 3, List.of()), TableForm.Column.of("always seven")),
            Optional.of("kind"),
            List.of("cat", "dog", "cow"),
            List.of(),
            scaling);
    return new SavedModel(
        spec, InitialParameters.draw(spec, 5), Optional.empty(), Optional.of(form));
  }

  private static double[] scaled(SavedModel model, float[] row) {
    double[] scaled = new double[row.length];
    for (int f = 0; f < row.length; f++) {
      scaled[f] = model.table().orElseThrow().scaling().scaled(f, row[f]);
    }
    return scaled;
  }

  private Path export(SavedModel model, ExportFormat format, String name) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      format.write(model, out);
    }
    return file;
  }

  @Test
  void onnxRuntimeTakesRowsAsTheTableHasThem() throws Exception {
    float[][] rows = rows();
    SavedModel model = classifier(rows);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Predictor ours = new Predictor(model);
    try (OrtSession session =
            environment.createSession(
                export(model, ExportFormat.ONNX, "kinds.onnx").toString(),
                new OrtSession.SessionOptions());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, rows);
        OrtSession.Result result = session.run(Map.of("features", tensor))) {
      float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      long[] predicted = (long[]) result.get("predicted").orElseThrow().getValue();
      long[] counts = new long[3];
      for (int i = 0; i < ROWS; i++) {
        double[] exact = TextbookForward.outputs(model, scaled(model, rows[i]));
        for (int c = 0; c < 3; c++) {
          assertEquals(exact[c], probabilities[i][c], NEAR, "row " + i + ", class " + c);
        }
        assertEquals(ours.predict(rows[i]), predicted[i], "class of row " + i);
        counts[(int) predicted[i]]++;
      }
      assertTrue(counts[0] < ROWS && counts[1] < ROWS && counts[2] < ROWS, "one class alone");
      Map<String, String> names = session.getMetadata().getCustomMetadata();
      assertEquals("sizes[0]\nsizes[1]\nsizes[2]\nalways seven", names.get("feature_names"));
      assertEquals("cat\ndog\ncow", names.get("class_names"));
    }
  }

  @Test
  void onnxRuntimeAnswersWithTargetsInTheirOwnSize() throws Exception {
    float[][] rows = rows();
    float[][] targets = new float[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      targets[i] = new float[] {1_000 + rows[i][1], 2, rows[i][0]};
    }
    RowScaling scaling = RowScaling.standard(RowSet.withTargets(rows, targets));
    ModelSpec spec = ModelSpec.parse("4-8-3", Activation.TANH).withOutput(Output.IDENTITY);
    TableForm form =
        new TableForm(
            List.of(new TableForm.Column("x", 4, List.of("a", "b", "c", "d"))),
            Optional.empty(),
            List.of(),
            List.of("price", "always two", "size"),
            scaling);
    SavedModel model =
        new SavedModel(spec, InitialParameters.draw(spec, 6), Optional.empty(), Optional.of(form));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Predictor ours = new Predictor(model);
    try (OrtSession session =
            environment.createSession(
                export(model, ExportFormat.ONNX, "prices.onnx").toString(),
                new OrtSession.SessionOptions());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, rows);
        OrtSession.Result result = session.run(Map.of("features", tensor))) {
      float[][] outputs = (float[][]) result.get("outputs").orElseThrow().getValue();
      for (int i = 0; i < ROWS; i++) {
        double[] exact = TextbookForward.outputs(model, scaled(model, rows[i]));
        float[] said = ours.outputs(rows[i]);
        for (int t = 0; t < 3; t++) {
          double expected = scaling.unscaled(4 + t, exact[t]);
          double size = Math.max(1, Math.abs(expected));
          assertEquals(expected, outputs[i][t], size * NEAR, "row " + i + ", target " + t);
          assertEquals(expected, said[t], size * NEAR, "row " + i + ", target " + t);
        }
        assertEquals(2, outputs[i][1]);
      }
      assertEquals(
          "price\nalways two\nsize", session.getMetadata().getCustomMetadata().get("target_names"));
    }
  }

  @Test
  void numPyFindsTheScaling() throws Exception {
    SavedModel model = classifier(rows());
    export(model, ExportFormat.NPZ, "kinds.npz");
    RowScaling scaling = model.table().orElseThrow().scaling();
    List<String> said =
        NumPy.run(
            folder,
            """
            import numpy
            model = numpy.load('%s/kinds.npz')
            for number in list(model['shifts']) + list(model['scales']):
                print(repr(float(number)))
            """
                .formatted(folder));
    for (int i = 0; i < 4; i++) {
      assertEquals(scaling.shifts()[i], Double.parseDouble(said.get(i)));
      assertEquals(scaling.scales()[i], Double.parseDouble(said.get(4 + i)));
    }
  }
}
