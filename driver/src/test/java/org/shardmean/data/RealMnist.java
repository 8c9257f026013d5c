package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The real MNIST files, where this machine has them: tests read them, the project commits none. */
public final class RealMnist {
  private RealMnist() {}

  /**
   * The folder with the four files: {@code $MNIST_HOME}, or {@code shared/mnist} or {@code
   * data/mnist} beside any folder above this one.
   */
  public static Optional<Path> find() {
    String home = System.getenv("MNIST_HOME");
    if (home != null && holdsMnist(Path.of(home))) {
      return Optional.of(Path.of(home));
    }
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      for (String place : new String[] {"data/mnist", "shared/mnist"}) {
        if (holdsMnist(above.resolve(place))) {
          return Optional.of(above.resolve(place));
        }
      }
    }
    return Optional.empty();
  }

  /** The folder; without one the test that asks is skipped, and in CI it fails. */
  public static Path folder() {
    return find().orElseGet(RealMnist::missing);
  }

  /** MNIST, loaded; without its files the test that asks is skipped, and in CI it fails. */
  public static Dataset load() {
    return IdxFolder.load(LocalPath.of(folder()), new Configuration(false));
  }

  private static boolean holdsMnist(Path folder) {
    for (MnistFile file : MnistFile.values()) {
      if (!Files.isRegularFile(folder.resolve(file.fileName()))
          && !Files.isRegularFile(folder.resolve(file.gzipName()))) {
        return false;
      }
    }
    return true;
  }

  private static Path missing() {
    String reason = "MNIST's files are not on this machine: set MNIST_HOME to their folder";
    return System.getenv("CI") == null ? abort(reason) : fail(reason);
  }
}
