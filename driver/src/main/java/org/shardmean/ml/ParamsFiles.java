package org.shardmean.ml;

import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** How parts of a pipeline are saved: Spark's metadata, and a model's network beside it. */
final class ParamsFiles {
  private ParamsFiles() {}

  /** Writes a part without a network. */
  static MLWriter writer(Params part) {
    return new Writer(part, (path, hadoop) -> {});
  }

  /** Writes a model. */
  static MLWriter writer(Params model, TableNetwork network) {
    return new Writer(model, (path, hadoop) -> SavedNetwork.write(network, path, hadoop));
  }

  /**
   * Reads a part of one class; whatever class a file names, no object of it is made.
   *
   * @param maker makes the part from the folder and the part's uid
   */
  static <T extends Params> MLReader<T> reader(Class<T> type, BiFunction<Folder, String, T> maker) {
    return new Reader<>(type, maker);
  }

  /** A saved part's folder. */
  record Folder(String path, Configuration hadoop) {
    TableNetwork network() {
      return SavedNetwork.read(path, hadoop);
    }
  }

  private interface Rest {
    void write(String path, Configuration hadoop);
  }

  private static final class Writer extends MLWriter {
    private final Params part;
    private final Rest rest;

    private Writer(Params part, Rest rest) {
      this.part = part;
      this.rest = rest;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(part, path, sc(), Option.empty(), Option.empty());
      rest.write(path, sc().hadoopConfiguration());
    }
  }

  private static final class Reader<T extends Params> extends MLReader<T> {
    private final Class<T> type;
    private final BiFunction<Folder, String, T> maker;

    private Reader(Class<T> type, BiFunction<Folder, String, T> maker) {
      this.type = type;
      this.maker = maker;
    }

    @Override
    public T load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), type.getName());
      T part = maker.apply(new Folder(path, sc().hadoopConfiguration()), metadata.uid());
      metadata.getAndSetParams(part, Option.empty());
      return part;
    }
  }
}
