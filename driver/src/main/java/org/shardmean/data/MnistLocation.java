package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where to look for MNIST.
 *
 * @param searchPath folders; the first that holds all four files is used
 * @param download from where and to where it is downloaded if none does; empty to stay offline
 */
public record MnistLocation(List<Path> searchPath, Optional<MnistDownload> download) {
  public MnistLocation {
    searchPath = List.copyOf(searchPath);
    requireNonNull(download, "download");
  }

  /**
   * The folders that a configured list names. An entry may begin with a variable of the
   * environment, {@code $MNIST_HOME}, and is left out where that is unset or empty. A relative
   * entry without a scheme is a local folder, never one in the cluster's default file system.
   *
   * @param entries separated by commas, such as {@code data/mnist,$MNIST_HOME,../shared/mnist}
   * @param base the local folder that relative entries start from
   * @param environment gives a variable's value or null, such as {@code System::getenv}
   * @throws IllegalArgumentException if an entry is not a path
   */
  public static List<Path> searchPath(
      String entries, java.nio.file.Path base, UnaryOperator<String> environment) {
    List<Path> folders = new ArrayList<>();
    for (String entry : entries.split(",", -1)) {
      String folder = expand(entry.strip(), environment);
      if (!folder.isEmpty()) {
        Path path = new Path(folder);
        boolean local = path.toUri().getScheme() == null;
        folders.add(local ? LocalPath.of(base.resolve(folder)) : path);
      }
    }
    return List.copyOf(folders);
  }

  /**
   * Finds MNIST, or downloads it, and loads it.
   *
   * @throws DataException if a folder of the search path holds the four files but they are corrupt
   *     or not MNIST's own
   * @throws MnistUnavailableException if MNIST is in none of them and cannot be downloaded
   */
  public Dataset load(Configuration configuration, DownloadListener listener)
      throws MnistUnavailableException {
    for (Path folder : searchPath) {
      if (IdxFolder.isComplete(folder, configuration)) {
        return loadFrom(folder, configuration);
      }
    }
    return loadFrom(downloaded(listener), configuration);
  }

  private Path downloaded(DownloadListener listener) throws MnistUnavailableException {
    if (download.isEmpty()) {
      throw unavailable("downloading is switched off", "another folder", null);
    }
    java.nio.file.Path folder = download.get().folder();
    try {
      download.get().fetchMissing(listener);
      return LocalPath.of(folder);
    } catch (IOException e) {
      throw unavailable("downloading failed: " + Reason.of(e), folder.toString(), e);
    }
  }

  private MnistUnavailableException unavailable(String why, String remedyFolder, IOException e) {
    String searched = searchPath.stream().map(Path::toString).collect(Collectors.joining(", "));
    return new MnistUnavailableException(
        "MNIST is not available: expected its four files in one of [%s], found none; %s; put them into %s"
            .formatted(searched, why, remedyFolder),
        e);
  }

  private static Dataset loadFrom(Path folder, Configuration configuration) {
    Dataset dataset = IdxFolder.load(folder, configuration);
    if (!dataset.isMnist()) {
      throw new DataException(
          "%s: expected the original MNIST files, by their SHA-256, found others; use --data FOLDER for them, or move them away"
              .formatted(folder));
    }
    return dataset;
  }

  private static String expand(String entry, UnaryOperator<String> environment) {
    if (!entry.startsWith("$")) {
      return entry;
    }
    int slash = entry.indexOf('/');
    String name = slash < 0 ? entry.substring(1) : entry.substring(1, slash);
    String value = environment.apply(name);
    if (value == null || value.isBlank()) {
      return "";
    }
    return slash < 0 ? value : value + entry.substring(slash);
  }
}
