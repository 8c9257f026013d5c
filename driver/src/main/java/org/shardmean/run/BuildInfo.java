package org.shardmean.run;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * What this program was built from.
 *
 * @param version such as {@code 0.1.0}
 * @param commit the commit, with {@code -dirty} behind it where files had been changed
 */
public record BuildInfo(String version, String commit) {
  private static final String UNKNOWN = "unknown";

  /** From the manifest of the jar that this class came from; unknown outside a jar. */
  public static BuildInfo read() {
    try {
      File jar =
          new File(BuildInfo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!jar.isFile()) {
        return new BuildInfo(UNKNOWN, UNKNOWN);
      }
      try (JarFile file = new JarFile(jar)) {
        Attributes manifest = file.getManifest().getMainAttributes();
        return new BuildInfo(
            value(manifest, Attributes.Name.IMPLEMENTATION_VERSION.toString()),
            value(manifest, "Git-Commit"));
      }
    } catch (IOException | URISyntaxException e) {
      return new BuildInfo(UNKNOWN, UNKNOWN);
    }
  }

  private static String value(Attributes manifest, String name) {
    return Optional.ofNullable(manifest.getValue(name)).orElse(UNKNOWN);
  }

  @Override
  public String toString() {
    return "%s (commit %s)".formatted(version, commit);
  }
}
