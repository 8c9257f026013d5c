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
 * OpenBLAS in this JVM: the library that comes with ND4J, loaded without ND4J itself, which takes a
 * quarter of a second instead of several.
 *
 * <p>{@link #load} must come before anything that loads ND4J, because it also chooses the kernels
 * (see {@link BlasKernel}), and OpenBLAS asks for that choice only once, when it is loaded.
 */
public final class OpenBlas {
  /** The environment variable that names the kernels; a value that the user has set is kept. */
  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  private OpenBlas() {}

  /**
   * Loads the library if this JVM has not yet, and limits it to one thread for each caller: Spark
   * has a task for every core already.
   *
   * @throws MissingBlasException if there is none for this platform on the class path
   */
  public static void load() {
    try {
      KernelChoice.makeOnce();
      limitToOneThread();
    } catch (LinkageError failure) {
      throw new MissingBlasException(Loader.getPlatform(), failure);
    }
  }

  /**
   * Limits the library to one thread again; it must be loaded. The limit is the whole JVM's: ND4J
   * sets it to the number of cores when any thread starts it. Speed and the last bits of a product
   * depend on it, so this is called before every step. It takes 50 ns.
   */
  public static void limitToOneThread() {
    Threads.SET.accept(1);
  }

  /** The name of the kernels in use, such as {@code SkylakeX}; loads the library. */
  public static String kernel() {
    load();
    return NativeLibrary.getInstance(Loader.load(openblas.class))
        .getFunction("openblas_get_corename")
        .invokeString(new Object[0], false);
  }

  /**
   * Sets the number of threads by the function's address, which is looked up once: JavaCPP's own
   * method looks for the library and its dependencies in every call, which takes longer than a
   * local step.
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

  /** JavaCPP's binding of the function. */
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

    /** What Linux says about the processor; empty on other systems. */
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
