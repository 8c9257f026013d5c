package org.shardmean.model;

import java.util.List;

/** There is no OpenBLAS for the platform this JVM runs on. The message is one line. */
public final class MissingBlasException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The platforms that the build has a profile for, by JavaCPP's names. */
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64");

  MissingBlasException(String platform, Throwable cause) {
    super(message(platform, cause), cause);
  }

  private static String message(String platform, Throwable cause) {
    List<String> present = PLATFORMS.stream().filter(MissingBlasException::isOnClassPath).toList();
    String found =
        present.isEmpty() ? "none for any platform" : "those for " + String.join(", ", present);
    return "OpenBLAS for %s: expected its native library on the class path, found %s (%s); %s"
        .formatted(platform, found, reason(cause), remedy(platform, present));
  }

  private static boolean isOnClassPath(String platform) {
    String folder = "/org/bytedeco/openblas/" + platform + "/";
    return MissingBlasException.class.getResource(folder) != null;
  }

  /** The linker's message, without the list of folders that it searched. */
  private static String reason(Throwable cause) {
    String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    int folders = line.indexOf(" in java.library.path");
    return folders < 0 ? line : line.substring(0, folders);
  }

  private static String remedy(String platform, List<String> present) {
    if (present.contains(platform)) {
      return "correct the cause in brackets, then start again";
    }
    return PLATFORMS.contains(platform)
        ? "build with -P " + platform
        : "run on one of " + String.join(", ", PLATFORMS);
  }
}
