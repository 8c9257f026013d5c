package org.shardmean.jobs;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.Shardmean;
import org.shardmean.run.ConfigurationException;
import org.shardmean.spark.Cluster;

/** Spark applications with as many task slots as a grid's points ask for, one at a time. */
final class GridCluster implements AutoCloseable {
  private final String name;
  private Optional<JavaSparkContext> spark = Optional.empty();
  private int cores;

  GridCluster(String name) {
    this.name = name;
  }

  /** The application at hand, started if there is none. */
  JavaSparkContext spark() {
    return withCores(cores);
  }

  /**
   * An application with so many task slots; the one before is ended.
   *
   * @param wanted 0 for as many as spark-submit was told
   */
  JavaSparkContext withCores(int wanted) {
    if (spark.isEmpty() || wanted != cores) {
      SparkConf conf = Shardmean.conf("shardmean scaling " + name);
      if (wanted > 0) {
        limit(conf, wanted);
      }
      close();
      cores = wanted;
      spark = Optional.of(new JavaSparkContext(conf));
      SparkLog.hideStackTraces();
    }
    return spark.get();
  }

  Cluster cluster() {
    return Cluster.of(spark());
  }

  boolean isAlive() {
    return spark.isPresent() && !spark.get().sc().isStopped();
  }

  private static void limit(SparkConf conf, int cores) {
    String master = conf.get("spark.master", "local[*]");
    if (conf.get("spark.submit.deployMode", "client").equals("cluster")) {
      throw new ConfigurationException(
          "--deploy-mode cluster: expected client mode with 'cores' in an experiment, since every number of cores is an application of its own; leave one of them out");
    }
    conf.set("spark.dynamicAllocation.enabled", "false");
    if (master.startsWith("local") && !master.startsWith("local-cluster")) {
      conf.setMaster("local[" + cores + "]");
    } else if (master.startsWith("spark://")) {
      conf.set("spark.cores.max", String.valueOf(cores));
    } else {
      int each = conf.getInt("spark.executor.cores", 1);
      conf.set("spark.executor.instances", String.valueOf((cores + each - 1) / each));
    }
  }

  @Override
  public void close() {
    spark.ifPresent(JavaSparkContext::close);
    spark = Optional.empty();
  }
}
