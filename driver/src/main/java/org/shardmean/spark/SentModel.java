package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.shardmean.model.SavedModel;

/**
 * A saved network for whichever executors ask, which keep it as long as the session lasts.
 *
 * @param file the model as its file has it, without where it comes from
 */
record SentModel(Broadcast<byte[]> file) implements Serializable {
  SentModel {
    requireNonNull(file, "file");
  }

  static SentModel of(SavedModel model, SparkSession spark) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      model.withOrigin(Optional.empty()).write(file);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return new SentModel(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(file.toByteArray()));
  }

  /** Reads it anew. */
  SavedModel model() {
    return SavedModel.read(new ByteArrayInputStream(file.value()), "the model");
  }
}
