package org.shardmean.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.data.DataException;
import org.shardmean.data.InputFile;
import org.shardmean.data.TableForm;

/**
 * A network with its parameters and where it comes from, as {@code model.zip} holds it: the format
 * of DL4J's ModelSerializer, so that DL4J opens it too.
 *
 * <p>The parameters are held, not copied.
 *
 * @param parameters flat, in the order of {@link ParameterLayout}
 * @param origin where it comes from; empty where the file does not say so
 * @param table what the rows are that it takes; empty for a network of images, and for one that
 *     takes numbers as the first layer has them
 */
public record SavedModel(
    ModelSpec spec, float[] parameters, Optional<ModelOrigin> origin, Optional<TableForm> table) {
  public SavedModel {
    requireNonNull(origin, "origin");
    requireNonNull(table, "table");
    table.ifPresent(form -> requireFit(spec, form));
    if (parameters.length != spec.parameters()) {
      throw new IllegalArgumentException(
          "network %s has %d parameters, found %d"
              .formatted(spec.written(), spec.parameters(), parameters.length));
    }
  }

  /** A network that does not say where it comes from. */
  public SavedModel(ModelSpec spec, float[] parameters) {
    this(spec, parameters, Optional.empty());
  }

  /** A network of images. */
  public SavedModel(ModelSpec spec, float[] parameters, Optional<ModelOrigin> origin) {
    this(spec, parameters, origin, Optional.empty());
  }

  /** This network, saying where it comes from, or not. */
  public SavedModel withOrigin(Optional<ModelOrigin> other) {
    return new SavedModel(spec, parameters, other, table);
  }

  /** This network for rows of a table, or for numbers as the first layer has them. */
  public SavedModel withTable(Optional<TableForm> other) {
    return new SavedModel(spec, parameters, origin, other);
  }

  /** What a class is called: its name in the table, else its number. */
  public String className(int number) {
    return table.map(form -> form.className(number)).orElseGet(() -> String.valueOf(number));
  }

  private static void requireFit(ModelSpec spec, TableForm table) {
    int classes = table.classes().size();
    int targets = table.targets().size();
    if (table.inputs() != spec.inputs()
        || (classes > 0 && (!spec.isClassifier() || classes != spec.classes()))
        || (targets > 0 && targets != spec.outputs())) {
      throw new IllegalArgumentException(
          "network %s does not take rows of %d features, %d classes and %d targets"
              .formatted(spec.written(), table.inputs(), classes, targets));
    }
  }

  /** Writes the zip and leaves the stream open. The same model is the same bytes everywhere. */
  public void write(OutputStream out) throws IOException {
    ModelZip.write(this, out);
  }

  /**
   * Reads the file at {@code path}, on any file system that Hadoop knows.
   *
   * @throws DataException if it cannot be read, or as {@link #read(InputStream, String)}
   */
  public static SavedModel read(String path, Configuration configuration) {
    try (InputStream in = InputFile.open(path, configuration)) {
      return read(in, path);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * Reads what {@link #write} or DL4J wrote, as plain data: no class that the file names is loaded,
   * and a file that unpacks to more than its network needs is read no further.
   *
   * @param name of the file, for messages
   * @throws DataException if it is no such file, not a list of dense layers ending in an {@link
   *     Output}, or a parameter is not finite
   */
  public static SavedModel read(InputStream in, String name) {
    try {
      return ModelZip.read(in);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(name, e);
    }
  }

  private static DataException unusable(String name, Exception cause) {
    return new DataException(
        "%s: expected a model.zip of Shardmean or DL4J, found %s; give a run's model.zip"
            .formatted(name, reason(cause)),
        cause);
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
