package org.shardmean.jobs;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.DownloadListener;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.IdxFolder;
import org.shardmean.data.MnistDownload;
import org.shardmean.data.MnistLocation;
import org.shardmean.data.MnistUnavailableException;

/** Gets what {@code --data} names. */
final class DataLoading {
  private static final int GENERATED_TRAINING = 60_000;
  private static final int GENERATED_TEST = 10_000;
  private static final String MNIST = "mnist";
  private static final String GENERATED = "generated";

  private final Configuration hadoop;
  private final Map<String, String> environment;
  private final PrintStream err;

  DataLoading(Configuration hadoop, Map<String, String> environment, PrintStream err) {
    this.hadoop = hadoop;
    this.environment = Map.copyOf(environment);
    this.err = err;
  }

  /**
   * The data, and what must be said of it.
   *
   * @param option what {@code --data} must be for the same data: other than was given where MNIST
   *     could not be had
   * @param notice that the figures are not those of the data asked for, when they are not
   */
  record Loaded(Dataset dataset, String option, Optional<String> notice) {}

  /**
   * Loads, or falls back to generated digits when MNIST cannot be had.
   *
   * @param data {@code mnist}, {@code generated[:N]} or a folder
   * @param searchPath where MNIST is looked for, as {@code --mnist-path} has it
   */
  Loaded load(String data, String searchPath, long seed) {
    if (data.equals(GENERATED) || data.startsWith(GENERATED + ":")) {
      return new Loaded(
          generated(countIn(data), seed),
          data,
          Optional.of("Digits drawn by the program: these are not MNIST's figures"));
    }
    if (data.equals(MNIST)) {
      return mnist(searchPath, seed);
    }
    return new Loaded(IdxFolder.load(data, hadoop), data, Optional.empty());
  }

  /**
   * As {@link #load}, but with nothing in place of MNIST.
   *
   * @throws DataException if MNIST cannot be had
   */
  Loaded loadThat(String data, String searchPath, long seed) {
    if (!data.equals(MNIST)) {
      return load(data, searchPath, seed);
    }
    try {
      return new Loaded(location(searchPath).load(hadoop, progress()), MNIST, Optional.empty());
    } catch (MnistUnavailableException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private Loaded mnist(String searchPath, long seed) {
    try {
      return new Loaded(location(searchPath).load(hadoop, progress()), MNIST, Optional.empty());
    } catch (MnistUnavailableException e) {
      err.println("warning: " + e.getMessage());
      return new Loaded(
          generated(GENERATED_TRAINING, seed),
          GENERATED + ":" + GENERATED_TRAINING,
          Optional.of(
              "MNIST could not be had; trained on digits drawn by the program instead: these are not MNIST's figures"));
    }
  }

  private MnistLocation location(String searchPath) {
    Path home = Path.of(environment.getOrDefault("SHARDMEAN_HOME", "")).toAbsolutePath();
    return new MnistLocation(
        MnistLocation.searchPath(searchPath, home, environment::get),
        Optional.of(MnistDownload.to(home.resolve("data/mnist"))));
  }

  private DownloadListener progress() {
    return DownloadProgress.on(err, environment);
  }

  private static Dataset generated(int count, long seed) {
    return new Dataset(
        GENERATED,
        false,
        new GeneratedExamples(count, seed, false),
        new GeneratedExamples(Math.min(GENERATED_TEST, Math.max(10, count / 6)), seed, true));
  }

  private static int countIn(String data) {
    int colon = data.indexOf(':');
    return colon < 0 ? GENERATED_TRAINING : Integer.parseInt(data.substring(colon + 1));
  }
}
