package org.shardmean.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.OtherJvm;

class OpenBlasIT {
  private static final String PLATFORM = "-Dorg.bytedeco.javacpp.platform=";

  /** Asks twice for an OpenBLAS that is not there, and prints why. */
  static final class AsksInVain {
    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          OpenBlas.load();
        } catch (MissingBlasException missing) {
          System.out.println(missing.getMessage());
        }
      }
    }
  }

  static final class PrintsKernel {
    public static void main(String[] arguments) {
      System.out.println(OpenBlas.kernel());
    }
  }

  /** Uses DL4J first, as a job does that begins by reading a saved model. */
  static final class PrintsKernelAfterDl4j {
    public static void main(String[] arguments) {
      Dl4jNetworks.row(new float[1]).close();
      System.out.println(OpenBlas.kernel());
    }
  }

  /** Gives OpenBLAS two threads, as ND4J would, and takes them back. */
  static final class PrintsThreads {
    public static void main(String[] arguments) {
      for (int round = 0; round < 2; round++) {
        OpenBlas.load();
        System.out.println(threads());
        openblas.blas_set_num_threads(2);
        System.out.println(threads());
      }
      OpenBlas.load();
      System.out.println(threads());
    }

    /** As OpenBLAS itself says; JavaCPP would say what it was last told. */
    private static int threads() {
      return NativeLibrary.getInstance(Loader.load(openblas.class))
          .getFunction("openblas_get_num_threads")
          .invokeInt(new Object[0]);
    }
  }

  @Test
  void threadsGivenToItInBetweenAreTakenBack() throws Exception {
    assumeTrue(Loader.getPlatform().equals("linux-x86_64"), "JNA asks the library by its file");
    List<String> expected = List.of("1", "2", "1", "2", "1");
    assertEquals(expected, OtherJvm.run(PrintsThreads.class, Map.of("OPENBLAS_NUM_THREADS", "2")));
  }

  @Test
  void whereItIsMissingTheErrorNamesPlatformAndProfile() throws Exception {
    String here = Loader.getPlatform();
    String elsewhere = here.equals("linux-arm64") ? "macosx-arm64" : "linux-arm64";
    List<String> messages = OtherJvm.run(AsksInVain.class, Map.of(), PLATFORM + elsewhere);
    assertEquals(2, messages.size(), messages.toString());
    for (String message : messages) {
      String start =
          "OpenBLAS for "
              + elsewhere
              + ": expected its native library on the class path, found those for "
              + here;
      assertTrue(message.startsWith(start), message);
      assertTrue(message.endsWith("; build with -P " + elsewhere), message);
    }
  }

  /** A library that is on the class path and is none. */
  @Test
  void whereItCannotBeLoadedTheErrorDoesNotSendForAnotherBuild(@TempDir Path folder)
      throws Exception {
    String here = Loader.getPlatform();
    String elsewhere = here.equals("linux-arm64") ? "macosx-arm64" : "linux-arm64";
    Path library = folder.resolve("org/bytedeco/openblas/" + elsewhere + "/libjniopenblas.so");
    Files.createDirectories(library.getParent());
    Files.writeString(library, "no library");
    String message =
        OtherJvm.run(
                AsksInVain.class, Map.of(), PLATFORM + elsewhere, "-Xbootclasspath/a:" + folder)
            .get(0);
    assertTrue(message.startsWith("OpenBLAS for " + elsewhere + ": "), message);
    assertTrue(message.contains("found those for "), message);
    assertTrue(message.endsWith("; correct the cause in brackets, then start again"));
  }

  @Test
  void whereThereIsNoBuildTheErrorNamesThePlatformsThatHaveOne() throws Exception {
    String message = OtherJvm.run(AsksInVain.class, Map.of(), PLATFORM + "linux-riscv64").get(0);
    assertTrue(message.startsWith("OpenBLAS for linux-riscv64: "), message);
    String end = "; run on one of linux-x86_64, linux-arm64, macosx-arm64, windows-x86_64";
    assertTrue(message.endsWith(end), message);
  }

  @Test
  void runsTheFastestKernelThisProcessorHas() throws Exception {
    assumeTrue(System.getenv("OPENBLAS_CORETYPE") == null, "somebody has chosen already");
    Path cpuinfo = Path.of("/proc/cpuinfo");
    Optional<BlasKernel> fastest =
        BlasKernel.fastest(Files.isReadable(cpuinfo) ? Files.readString(cpuinfo) : "");
    assumeTrue(fastest.isPresent(), "OpenBLAS chooses by itself on this processor");
    List<String> expected = List.of(fastest.get().coreType());
    assertEquals(expected, OtherJvm.run(PrintsKernel.class, Map.of()));
    assertEquals(expected, OtherJvm.run(PrintsKernelAfterDl4j.class, Map.of()));
  }

  @Test
  void aChoiceInTheEnvironmentStands() throws Exception {
    assumeTrue(Loader.getPlatform().equals("linux-x86_64"), "the kernel is one of x86-64");
    assertEquals(
        List.of("Nehalem"),
        OtherJvm.run(PrintsKernel.class, Map.of("OPENBLAS_CORETYPE", "Nehalem")));
  }
}
