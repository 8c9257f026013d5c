package org.shardmean.spark;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.shardmean.train.EngineKind;
import scala.collection.JavaConverters;

/**
 * What executors need beside the jar they begin with. {@code deploy/submit} gives the executors of
 * a standalone cluster a jar without DL4J and ND4J, which are nine tenths of the application's and
 * of use to one engine alone; every executor fetches it before its first task.
 */
final class EngineLibraries {
  /** The jar without DL4J; {@code jobs/pom.xml} makes it. */
  private static final String WITHOUT_DL4J = "/shardmean-executors.jar";

  private EngineLibraries() {}

  /**
   * Has executors fetch the application's jar before their next task, if {@code engine} needs it
   * and they have the smaller one. For the second time, does nothing.
   */
  static void send(JavaSparkContext spark, EngineKind engine) {
    if (engine == EngineKind.DL4J && haveTheSmallerJarAlone(spark)) {
      spark.addJar(applicationJar().toString());
    }
  }

  private static boolean haveTheSmallerJarAlone(JavaSparkContext spark) {
    var jars = JavaConverters.seqAsJavaList(spark.sc().listJars());
    return jars.stream().anyMatch(jar -> jar.endsWith(WITHOUT_DL4J))
        && jars.stream().noneMatch(jar -> jar.endsWith("/" + applicationJar().getFileName()));
  }

  /** Where the driver's own DL4J comes from. */
  private static Path applicationJar() {
    try {
      return Path.of(
          MultiLayerNetwork.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected DL4J in a jar file", e);
    }
  }
}
