package org.shardmean.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

/** A JVM that believes itself on a platform for which this build carries no OpenBLAS. */
class MissingBlasIT {

  /** What runs in that JVM: asks for OpenBLAS twice, and prints why there is none. */
  static final class Asks {
    public static void main(String[] arguments) {
      System.out.println(assertThrows(MissingBlasException.class, OpenBlas::load).getMessage());
      System.out.println(assertThrows(MissingBlasException.class, OpenBlas::load).getMessage());
    }
  }

  @Test
  void namesThePlatformWhatIsThereAndTheProfileToBuildWith() throws Exception {
    String here = Loader.getPlatform();
    String elsewhere = here.equals("linux-arm64") ? "macosx-arm64" : "linux-arm64";
    List<String> messages = askOn(elsewhere);
    assertEquals(2, messages.size(), messages.toString());
    for (String message : messages) {
      assertTrue(
          message.startsWith(
              "OpenBLAS for "
                  + elsewhere
                  + ": expected its native library on the class path, found those for "
                  + here),
          message);
      assertTrue(message.endsWith("; build with -P " + elsewhere), message);
    }
  }

  @Test
  void namesThePlatformsThereAreWhereItIsOnNone() throws Exception {
    String message = askOn("linux-riscv64").get(0);
    assertTrue(message.startsWith("OpenBLAS for linux-riscv64: "), message);
    assertTrue(
        message.endsWith("; run on one of linux-x86_64, linux-arm64, macosx-arm64, windows-x86_64"),
        message);
  }

  private static List<String> askOn(String platform) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.platform=" + platform,
                "-cp",
                System.getProperty("java.class.path"),
                Asks.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, jvm.waitFor(), output);
    return output.lines().toList();
  }
}
