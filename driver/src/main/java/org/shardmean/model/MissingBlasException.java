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
    return "OpenBLAS for %s: expected its native library on the class path, found %s (%s); %s"
        .formatted(platform, found(), firstLine(cause), remedy(platform));
  }

  private static String found() {
    List<String> present = PLATFORMS.stream().filter(MissingBlasException::isOnClassPath).toList();
    return present.isEmpty() ? "none for any platform" : "those for " + String.join(", ", present);
  }

  private static boolean isOnClassPath(String platform) {
    String folder = "/org/bytedeco/openblas/" + platform + "/";
    return MissingBlasException.class.getResource(folder) != null;
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static String remedy(String platform) {
    return PLATFORMS.contains(platform)
        ? "build with -P " + platform
        : "run on one of " + String.join(", ", PLATFORMS);
  }
}
