package org.shardmean.tests.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.package$;
import org.shardmean.model.Dl4jVersion;
import org.shardmean.model.OpenBlas;

/**
 * What figures were measured on.
 *
 * @param processor as Linux names it
 * @param cores that Java sees
 * @param load jobs waiting for a core in the minute before; well below the cores on a quiet machine
 * @param os its name and version
 * @param java the JVM's version
 * @param spark its version
 * @param dl4j its version
 * @param blas OpenBLAS' kernels
 */
public record Machine(
    String processor,
    int cores,
    double load,
    String os,
    String java,
    String spark,
    String dl4j,
    String blas) {

  static Machine here() throws IOException {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        package$.MODULE$.SPARK_VERSION(),
        Dl4jVersion.VERSION,
        OpenBlas.kernel());
  }

  private static String processorName() throws IOException {
    Path cpuinfo = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpuinfo)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(cpuinfo).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
