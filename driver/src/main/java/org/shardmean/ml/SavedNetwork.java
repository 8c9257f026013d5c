package org.shardmean.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.data.OutputFile;
import org.shardmean.data.TableForm;
import org.shardmean.model.SavedModel;

/**
 * A network in the folder of a saved model: {@code model.zip}, as every run writes it, which holds
 * the scaling of what the network takes. It is read as plain data.
 */
final class SavedNetwork {
  private static final String MODEL = "model.zip";

  private SavedNetwork() {}

  static void write(TableNetwork network, String folder, Configuration hadoop) {
    try {
      Path path = new Path(folder);
      OutputFile.write(
          path.getFileSystem(hadoop), new Path(path, MODEL), false, network.model()::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DataException if the file is missing, damaged, or not of a network for tables
   */
  static TableNetwork read(String folder, Configuration hadoop) {
    String file = new Path(folder, MODEL).toString();
    SavedModel model = SavedModel.read(file, hadoop);
    TableForm form =
        model
            .table()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: expected a network for tables, with their scaling, found one without; save the model again"
                            .formatted(file)));
    return new TableNetwork(model, form.scaling());
  }
}
