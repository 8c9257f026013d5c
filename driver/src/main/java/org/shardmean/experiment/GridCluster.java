package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.Shardmean;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Environment;
import org.shardmean.settings.Slots;
import org.shardmean.spark.Cluster;

/** Spark applications with as many task slots as a grid's points ask for, one at a time. */
public final class GridCluster implements AutoCloseable {
  private final String application;
  private final Function<SparkConf, JavaSparkContext> opening;
  private Optional<JavaSparkContext> spark = Optional.empty();
  private Optional<Cluster> cluster = Optional.empty();
  private int cores;

  /**
   * Nothing is started yet. The first application will have the most cores, so that too few of them
   * are found at once.
   *
   * @param application its name, for people
   * @param cores all that will be asked for, at least one; 0 for as many as spark-submit was told
   * @param opening starts an application
   */
  public GridCluster(
      String application, List<Integer> cores, Function<SparkConf, JavaSparkContext> opening) {
    this.application = requireNonNull(application, "application");
    this.cores = Collections.max(cores);
    this.opening = requireNonNull(opening, "opening");
  }

  /** The current application, started if there is none. */
  public JavaSparkContext spark() {
    return withCores(cores);
  }

  /**
   * An application with so many task slots; the one before is ended.
   *
   * @param wanted 0 for as many as spark-submit was told
   * @throws ConfigurationException if there are fewer, or they cannot be chosen here
   */
  public JavaSparkContext withCores(int wanted) {
    if (spark.isEmpty() || wanted != cores) {
      SparkConf conf = Shardmean.conf(application);
      if (wanted > 0) {
        limit(conf, wanted);
      }
      close();
      cores = wanted;
      spark = Optional.of(opening.apply(conf));
      if (wanted > 0 && cluster().cores() < wanted) {
        throw new ConfigurationException(
            "cores = %d: expected as many task slots on %s, found %d; start more executors, or leave this number out"
                .formatted(wanted, spark.get().master(), cluster().cores()));
      }
    }
    return spark.get();
  }

  /** What the current application has to work with. */
  public Cluster cluster() {
    if (cluster.isEmpty()) {
      cluster = Optional.of(Cluster.of(spark()));
    }
    return cluster.get();
  }

  /** Task slots that an application with so many cores has. */
  public Slots slots(int wanted) {
    return wanted == 0 ? cluster().slots() : new Slots(wanted, "the grid's cores");
  }

  /** Where points with so many cores run: as here, but for the task slots. */
  public Environment environment(int wanted) {
    Environment here = cluster().environment(spark());
    boolean isLocal = here.master().startsWith("local[");
    return wanted == 0 ? here : here.at(isLocal ? local(wanted) : here.master(), wanted);
  }

  boolean isAlive() {
    return spark.isPresent() && !spark.get().sc().isStopped();
  }

  private static void limit(SparkConf conf, int cores) {
    String master = conf.get("spark.master", "local[*]");
    if (conf.get("spark.submit.deployMode", "client").equals("cluster")) {
      throw new ConfigurationException(
          "--deploy-mode cluster: expected client mode with 'cores' in a grid, since every number of cores is an application of its own; leave one of them out");
    }
    conf.set("spark.dynamicAllocation.enabled", "false");
    if (master.startsWith("local") && !master.startsWith("local-cluster")) {
      conf.setMaster(local(cores));
    } else if (master.startsWith("spark://")) {
      conf.set("spark.cores.max", String.valueOf(cores));
    } else {
      int each = conf.getInt("spark.executor.cores", 1);
      conf.set("spark.executor.instances", String.valueOf((cores + each - 1) / each));
    }
  }

  private static String local(int cores) {
    return "local[" + cores + "]";
  }

  @Override
  public void close() {
    spark.ifPresent(JavaSparkContext::close);
    spark = Optional.empty();
    cluster = Optional.empty();
  }
}
