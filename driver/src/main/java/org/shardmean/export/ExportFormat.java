package org.shardmean.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.shardmean.model.SavedModel;

/** What a saved network can be written as. The same network is the same bytes everywhere. */
public enum ExportFormat {
  /** A graph for ONNX Runtime and its like; see {@link OnnxModel}. */
  ONNX,

  /** The parameters as NumPy's arrays; see {@link NpzArrays}. */
  NPZ,

  /** The parameters, a line each; see {@link ParametersCsv}. */
  CSV,

  /** What DL4J's ModelSerializer reads, as {@code model.zip} is, without where it comes from. */
  DL4J;

  /** Writes a network and leaves the stream open. */
  public void write(SavedModel model, OutputStream out) throws IOException {
    switch (this) {
      case ONNX -> OnnxModel.write(model, out);
      case NPZ -> NpzArrays.write(model, out);
      case CSV -> ParametersCsv.write(model, out);
      case DL4J -> model.withOrigin(Optional.empty()).write(out);
    }
  }
}
