package org.shardmean.jobs.data;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.MnistDownload;
import org.shardmean.data.MnistLocation;
import org.shardmean.data.MnistUnavailableException;
import org.shardmean.data.TableAddress;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.IdxData;
import org.shardmean.spark.TableData;

/** Loads what {@code --data} names. */
public final class DataLoading {
  private static final int GENERATED_TRAINING = 60_000;
  private static final String MNIST = "mnist";
  private static final String GENERATED = "generated";

  private final Configuration hadoop;
  private final Map<String, String> environment;
  private final PrintStream err;

  public DataLoading(Configuration hadoop, Map<String, String> environment, PrintStream err) {
    this.hadoop = hadoop;
    this.environment = Map.copyOf(environment);
    this.err = err;
  }

  /**
   * Loads what the settings name, or falls back to generated digits when MNIST is not available;
   * the dataset's notices say so.
   */
  public Dataset load(GivenSettings given) {
    if (!given.get(TrainSettings.DATA).equals(MNIST)) {
      return loadThat(given);
    }
    try {
      return mnist(given);
    } catch (MnistUnavailableException e) {
      err.println("warning: " + e.getMessage());
      Dataset generated = Dataset.generated(GENERATED_TRAINING, given.get(TrainSettings.SEED));
      return generated.with(
          generated.origin(),
          List.of(
              "MNIST is not available, so digits drawn by the program are used instead: these are not MNIST's figures"));
    }
  }

  /**
   * As {@link #load}, but with nothing in place of MNIST.
   *
   * @throws DataException if MNIST is not available
   */
  public Dataset loadThat(GivenSettings given) {
    String data = given.get(TrainSettings.DATA);
    if (TableAddress.isOne(data)) {
      return TableData.load(
          SparkSession.builder().getOrCreate(),
          tableAddress(given),
          given.isGiven(TrainSettings.TASK) ? given.find(TrainSettings.TASK) : Optional.empty(),
          given.get(TrainSettings.SEED));
    }
    if (data.equals(GENERATED) || data.startsWith(GENERATED + ":")) {
      return Dataset.generated(countIn(data), given.get(TrainSettings.SEED));
    }
    if (!data.equals(MNIST)) {
      return IdxData.load(
          new JavaSparkContext(SparkContext.getOrCreate()), // A session would load Spark SQL.
          data,
          warning -> err.println("warning: " + warning));
    }
    try {
      return mnist(given);
    } catch (MnistUnavailableException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** The table that the settings name, with the columns and the policy that they name. */
  public static TableAddress tableAddress(GivenSettings given) {
    return TableAddress.read(given.get(TrainSettings.DATA))
        .with(
            given.find(TrainSettings.FEATURES).orElse(List.of()),
            given.find(TrainSettings.LABEL).orElse(List.of()),
            given.find(TrainSettings.WEIGHT),
            given.find(TrainSettings.HANDLE_INVALID));
  }

  private Dataset mnist(GivenSettings given) throws MnistUnavailableException {
    Path home = Path.of(environment.getOrDefault("SHARDMEAN_HOME", "")).toAbsolutePath();
    return new MnistLocation(
            MnistLocation.searchPath(given.get(TrainSettings.MNIST_PATH), home, environment::get),
            Optional.of(MnistDownload.to(home.resolve("data/mnist"))))
        .load(hadoop, DownloadProgress.on(err, environment))
        .with(MNIST, List.of());
  }

  private static int countIn(String data) {
    int colon = data.indexOf(':');
    return colon < 0 ? GENERATED_TRAINING : Integer.parseInt(data.substring(colon + 1));
  }
}
