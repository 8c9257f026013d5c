package org.shardmean.jobs;

import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.model.Dl4jVersion;
import org.shardmean.run.Environment;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.Processors;

/** Reads off where a run runs. */
final class RunEnvironment {
  private RunEnvironment() {}

  static Environment of(JavaSparkContext spark, Cluster cluster) {
    return new Environment(
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        spark.version(),
        Dl4jVersion.VERSION,
        spark.master(),
        cluster.executors(),
        cluster.cores(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Processors.of(spark, cluster.cores()),
        BuildInfo.read().commit());
  }
}
