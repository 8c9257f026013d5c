package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * MNIST's public copies and the local folder they are downloaded to.
 *
 * @param folder made if it is not there
 * @param mirrors addresses of folders, in order of preference, each ending in {@code /}
 * @param limits how long and how much it may take
 */
public record MnistDownload(Path folder, List<URI> mirrors, DownloadLimits limits) {
  /** Two public copies of MNIST, byte for byte the same. */
  public static final List<URI> PUBLIC_MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  public MnistDownload {
    requireNonNull(folder, "folder");
    requireNonNull(limits, "limits");
    mirrors = List.copyOf(mirrors);
    for (URI mirror : mirrors) {
      boolean web = "https".equals(mirror.getScheme()) || "http".equals(mirror.getScheme());
      if (!web || mirror.getHost() == null || !mirror.getPath().endsWith("/")) {
        throw new IllegalArgumentException(
            "a mirror must be an http or https address that ends in '/', found " + mirror);
      }
    }
  }

  /** The public copies, to {@code folder}, with the usual limits. */
  public static MnistDownload to(Path folder) {
    return new MnistDownload(folder, PUBLIC_MIRRORS, DownloadLimits.DEFAULT);
  }

  /**
   * Downloads those of the four files that are not in the folder yet. Each is checked against
   * MNIST's digest before it appears there under its name.
   *
   * @throws IOException if a file cannot be downloaded or written; the message is one line with the
   *     reason of each mirror. Files that arrived before stay: they are complete and checked. Where
   *     none arrived, a folder that was not there before is removed again.
   */
  public void fetchMissing(DownloadListener listener) throws IOException {
    List<Path> made = missing(folder);
    Files.createDirectories(folder);
    try {
      fetchEach(listener);
    } finally {
      deleteIfEmpty(made);
    }
  }

  private void fetchEach(DownloadListener listener) throws IOException {
    CheckedDownload download = new CheckedDownload(limits, listener);
    for (MnistFile file : MnistFile.values()) {
      if (!isThere(file)) {
        download.fetch(
            mirrors.stream().map(mirror -> mirror.resolve(file.gzipName())).toList(),
            folder.resolve(file.gzipName()),
            file.mnistBytes(),
            file.mnistSha256());
      }
    }
  }

  /** The folder and those above it that are not there, the innermost first. */
  private static List<Path> missing(Path folder) {
    return Stream.iterate(folder.toAbsolutePath(), Objects::nonNull, Path::getParent)
        .takeWhile(Files::notExists)
        .toList();
  }

  private static void deleteIfEmpty(List<Path> folders) {
    try {
      for (Path folder : folders) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      // It holds a file, or somebody needs it: it stays.
    }
  }

  private boolean isThere(MnistFile file) {
    return Files.exists(folder.resolve(file.fileName()))
        || Files.exists(folder.resolve(file.gzipName()));
  }
}
