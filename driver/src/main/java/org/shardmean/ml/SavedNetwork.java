package org.shardmean.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.data.InputFile;
import org.shardmean.data.OutputFile;
import org.shardmean.data.RowScaling;
import org.shardmean.model.SavedModel;

/**
 * A network in the folder of a saved model: {@code model.zip}, as every run writes it, and {@code
 * scaling.json} with a shift and a scale for each feature and target. Both are read as plain data.
 */
final class SavedNetwork {
  private static final String MODEL = "model.zip";
  private static final String SCALING = "scaling.json";
  private static final String SHIFTS = "shifts";
  private static final String SCALES = "scales";

  /** A number and its comma. */
  private static final int MOST_CHARACTERS_OF_A_NUMBER = 32;

  private static final int MOST_OTHER_CHARACTERS = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SavedNetwork() {}

  static void write(TableNetwork network, String folder, Configuration hadoop) {
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(hadoop);
      byte[] scaling = JSON.writeValueAsBytes(json(network.scaling()));
      OutputFile.write(files, new Path(path, MODEL), false, network.model()::write);
      OutputFile.write(files, new Path(path, SCALING), false, out -> out.write(scaling));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DataException if a file is missing, damaged, or not of the other
   */
  static TableNetwork read(String folder, Configuration hadoop) {
    SavedModel model = SavedModel.read(new Path(folder, MODEL).toString(), hadoop);
    Path scaling = new Path(folder, SCALING);
    int numbers = 2 * (model.spec().inputs() + model.spec().outputs());
    try {
      String text =
          InputFile.readText(
              scaling.getFileSystem(hadoop),
              scaling,
              numbers * MOST_CHARACTERS_OF_A_NUMBER + MOST_OTHER_CHARACTERS);
      return new TableNetwork(model, scaling(text));
    } catch (JsonProcessingException e) {
      throw unusable(scaling, "no JSON", e);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(scaling, e.getMessage(), e);
    }
  }

  private static DataException unusable(Path file, String found, Exception cause) {
    return new DataException(
        "%s: expected the scaling of a model that was saved with it, found %s; save the model again"
            .formatted(file, found),
        cause);
  }

  private static ObjectNode json(RowScaling scaling) {
    ObjectNode json = JSON.createObjectNode();
    put(json.putArray(SHIFTS), scaling.shifts());
    put(json.putArray(SCALES), scaling.scales());
    return json;
  }

  private static void put(ArrayNode array, double[] numbers) {
    for (double number : numbers) {
      array.add(number);
    }
  }

  private static RowScaling scaling(String text) throws JsonProcessingException {
    JsonNode json = JSON.readTree(text);
    return new RowScaling(numbers(json, SHIFTS), numbers(json, SCALES));
  }

  private static double[] numbers(JsonNode json, String name) {
    if (!(json.get(name) instanceof ArrayNode array)) {
      throw new IllegalArgumentException("no array " + name);
    }
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!array.get(i).isNumber()) {
        throw new IllegalArgumentException("an entry of " + name + " that is no number");
      }
      numbers[i] = array.get(i).doubleValue();
    }
    return numbers;
  }
}
