package org.shardmean.rivals;

import dev.ludovic.netlib.blas.BLAS;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.shardmean.model.OpenBlas;

/**
 * Has MLlib's linear algebra (netlib) compute with the OpenBLAS that Shardmean brings. MLlib alone
 * takes what the operating system has installed, often nothing.
 */
public final class NativeBlas {
  /** Netlib reads it when its native part is loaded, once in a JVM. */
  private static final String LIBRARY = "dev.ludovic.netlib.blas.nativeLibPath";

  private NativeBlas() {}

  /**
   * Makes it so in this JVM, unless MLlib has computed here before. Where it cannot, MLlib computes
   * in Java.
   *
   * @return what MLlib computes with: a class of netlib's, {@code JNIBLAS} if it is native
   */
  public static String use() {
    if (System.getProperty(LIBRARY) == null) {
      OpenBlas.load();
      System.setProperty(LIBRARY, Loader.load(openblas.class));
    }
    return BLAS.getInstance().getClass().getSimpleName();
  }
}
