package org.shardmean.run;

import static java.util.Objects.requireNonNull;

/**
 * Where a run ran.
 *
 * @param java the JVM's name and version
 * @param spark Spark's version
 * @param dl4j DL4J's version
 * @param master Spark's master URL
 * @param executors executors when training began; 0 where the driver itself computes
 * @param cores task slots over all executors
 * @param os operating system and architecture
 * @param processor its name and the BLAS kernels in use, on which the bits of a result depend
 * @param gitCommit the commit the jar was built from, or "unknown"
 */
public record Environment(
    String java,
    String spark,
    String dl4j,
    String master,
    int executors,
    int cores,
    String os,
    String processor,
    String gitCommit) {
  public Environment {
    requireNonNull(java, "java");
    requireNonNull(spark, "spark");
    requireNonNull(dl4j, "dl4j");
    requireNonNull(master, "master");
    requireNonNull(os, "os");
    requireNonNull(processor, "processor");
    requireNonNull(gitCommit, "gitCommit");
  }

  /** The same with other task slots, in an application of its own. */
  public Environment at(String otherMaster, int otherCores) {
    return new Environment(
        java, spark, dl4j, otherMaster, executors, otherCores, os, processor, gitCommit);
  }

  /** The same on other processors. */
  public Environment withProcessor(String other) {
    return new Environment(java, spark, dl4j, master, executors, cores, os, other, gitCommit);
  }
}
