package org.shardmean.spark;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.train.Dl4jEngine;
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
      spark.addJar(Path.of(Dl4jEngine.jar()).toString());
    }
  }

  private static boolean haveTheSmallerJarAlone(JavaSparkContext spark) {
    var jars = JavaConverters.seqAsJavaList(spark.sc().listJars());
    return jars.stream().anyMatch(jar -> jar.endsWith(WITHOUT_DL4J))
        && jars.stream()
            .noneMatch(jar -> jar.endsWith("/" + Path.of(Dl4jEngine.jar()).getFileName()));
  }
}
