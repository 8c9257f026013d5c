package org.shardmean.model;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.presets.openblas_nolapack;

/**
 * OpenBLAS in this JVM: the library that ND4J brings along, loaded without ND4J itself, which takes
 * a quarter of a second instead of several.
 *
 * <p>{@link #load} must come before anything that loads ND4J, because it also chooses the kernels
 * (see {@link BlasKernel}), and OpenBLAS asks for that choice only once, when it is loaded.
 */
public final class OpenBlas {
  /** The environment variable that names the kernels; where it is set already, that stands. */
  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  private OpenBlas() {}

  /**
   * Loads the library if this JVM has not yet, and holds it to one thread a caller: Spark has a
   * task for every core already.
   *
   * @throws MissingBlasException if there is none for this platform on the class path
   */
  public static void load() {
    try {
      KernelChoice.makeOnce();
      Threads.SET.accept(1);
    } catch (LinkageError failure) {
      throw new MissingBlasException(Loader.getPlatform(), failure);
    }
  }

  /** The name of the kernels in use, such as {@code SkylakeX}; loads the library. */
  public static String kernel() {
    load();
    return NativeLibrary.getInstance(Loader.load(openblas.class))
        .getFunction("openblas_get_corename")
        .invokeString(new Object[0], false);
  }

  /**
   * How many threads OpenBLAS takes. It is told in every round, because ND4J, wherever it is loaded
   * in this JVM, gives it all cores; and JavaCPP's own way to tell it looks for the library and all
   * that it needs each time, which takes longer than a local step.
   */
  private static final class Threads {
    static final IntConsumer SET = found();

    private static IntConsumer found() {
      openblas.blas_set_num_threads(1); // Loads it.
      Pointer address = Loader.addressof("openblas_set_num_threads");
      boolean isAnother = Loader.addressof("MKL_Set_Num_Threads") != null;
      return address == null || isAnother
          ? openblas::blas_set_num_threads // Another BLAS in its place, by JavaCPP's settings.
          : new SetNumThreads(address)::call;
    }
  }

  /** JavaCPP's binding of the function, which it makes anew for every call. */
  private static final class SetNumThreads extends openblas_nolapack.SetNumThreads {
    SetNumThreads(Pointer address) {
      put(address);
    }
  }

  /** Made when this class is initialized, so once in a JVM, by whichever thread comes first. */
  private static final class KernelChoice {
    static {
      if (System.getenv(CORE_TYPE) == null) {
        BlasKernel.fastest(cpuinfo()).ifPresent(kernel -> setEnvironment(kernel.coreType()));
      }
    }

    static void makeOnce() {}

    /** What Linux knows of the processor; nothing elsewhere. */
    private static String cpuinfo() {
      try {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        return Files.isReadable(cpuinfo) ? Files.readString(cpuinfo) : "";
      } catch (IOException e) {
        return "";
      }
    }

    /** Java cannot change the environment of its own process, C can. */
    private static void setEnvironment(String coreType) {
      Function.getFunction("c", "setenv").invokeInt(new Object[] {CORE_TYPE, coreType, 1});
    }
  }
}
