package org.shardmean.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.model.OpenBlas;

/** The processors that train, as far as times and the bits of a result depend on them. */
public final class Processors {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private Processors() {}

  /**
   * Name and BLAS kernels of the processors of all task slots, such as {@code Intel Xeon
   * (SkylakeX)}; several are separated by {@code "; "}. On a cluster this runs a job of one short
   * task a slot.
   */
  public static String of(JavaSparkContext spark, int slots) {
    return spark.isLocal()
        ? here()
        : String.join(
            "; ",
            new TreeSet<>(
                spark
                    .parallelize(Collections.nCopies(slots, 0), slots)
                    .map(slot -> here())
                    .collect()));
  }

  private static String here() {
    return "%s (%s)".formatted(name(), OpenBlas.kernel());
  }

  private static String name() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(LINUX)) {
      return architecture;
    }
    try {
      return Files.readAllLines(LINUX).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }
}
