package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.shardmean.run.Sentence;

/**
 * The executors that Spark's settings ask a cluster for.
 *
 * @param executors how many; 0 where the settings do not say, only how many slots
 * @param slots task slots of all of them together; 0 where that is only known when they are there
 * @param isDynamic whether Spark starts and ends executors by need
 * @param settings what asks for them, for people
 */
record AskedExecutors(int executors, int slots, boolean isDynamic, String settings) {
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*\\d+\\s*]");

  /** What YARN and Kubernetes start where nothing is said. */
  private static final int USUAL_EXECUTORS = 2;

  AskedExecutors {
    requireNonNull(settings, "settings");
  }

  /**
   * Reads the settings.
   *
   * @return empty where the cluster decides: a standalone cluster gives all its cores
   */
  static Optional<AskedExecutors> of(SparkConf conf, String master) {
    Matcher inThisMachine = LOCAL_CLUSTER.matcher(master);
    if (inThisMachine.matches()) {
      int executors = Integer.parseInt(inThisMachine.group(1));
      int cores = Integer.parseInt(inThisMachine.group(2));
      return Optional.of(of(conf, executors, cores, false, "--master " + master));
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return Optional.of(dynamic(conf, master));
    }
    return master.startsWith("spark://") ? standalone(conf) : Optional.of(managed(conf));
  }

  private static AskedExecutors dynamic(SparkConf conf, String master) {
    int first =
        Math.max(
            conf.getInt("spark.executor.instances", 0),
            Math.max(
                conf.getInt("spark.dynamicAllocation.minExecutors", 0),
                conf.getInt("spark.dynamicAllocation.initialExecutors", 0)));
    boolean coresAreKnown = conf.contains("spark.executor.cores") || !master.startsWith("spark://");
    return of(
        conf,
        Math.max(1, first),
        coresAreKnown ? conf.getInt("spark.executor.cores", 1) : 0,
        true,
        first == 0
            ? "dynamic allocation that starts with none"
            : "dynamic allocation that starts with " + first);
  }

  private static Optional<AskedExecutors> standalone(SparkConf conf) {
    if (!conf.contains("spark.cores.max")) {
      return Optional.empty();
    }
    int most = conf.getInt("spark.cores.max", 0);
    String settings = "spark.cores.max = " + most;
    if (!conf.contains("spark.executor.cores")) {
      return Optional.of(
          new AskedExecutors(0, Math.max(1, most / coresOfATask(conf)), false, settings));
    }
    int each = conf.getInt("spark.executor.cores", 1);
    return Optional.of(
        of(
            conf,
            Math.max(1, most / each),
            each,
            false,
            settings + ", spark.executor.cores = " + each));
  }

  /** YARN, Kubernetes and whatever else takes a number of executors. */
  private static AskedExecutors managed(SparkConf conf) {
    int executors = conf.getInt("spark.executor.instances", USUAL_EXECUTORS);
    int cores = conf.getInt("spark.executor.cores", 1);
    return of(
        conf,
        executors,
        cores,
        false,
        "spark.executor.instances = %d, spark.executor.cores = %d".formatted(executors, cores));
  }

  private static AskedExecutors of(
      SparkConf conf, int executors, int cores, boolean isDynamic, String settings) {
    int slots = executors * (cores / coresOfATask(conf));
    return new AskedExecutors(executors, slots, isDynamic, settings);
  }

  private static int coresOfATask(SparkConf conf) {
    return conf.getInt("spark.task.cpus", 1);
  }

  /** Whether so many executors and slots are all that was asked for. */
  boolean areThere(int executorsThere, int slotsThere) {
    return executorsThere >= executors && slotsThere >= slots;
  }

  @Override
  public String toString() {
    String count =
        executors == 0
            ? Sentence.counted(slots, "task slot")
            : Sentence.counted(executors, "executor");
    return count + " (" + settings + ")";
  }
}
