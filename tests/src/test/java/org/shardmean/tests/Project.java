package org.shardmean.tests;

import java.nio.file.Path;

/** Where things lie in this checkout. Tests run in their module's folder. */
final class Project {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path APPLICATION_JAR = ROOT.resolve("jobs/target/shardmean-jobs.jar");
  static final Path EXECUTOR_JAR = ROOT.resolve("jobs/target/shardmean-executors.jar");
  static final Path SPARK_HOME = ROOT.resolve("jobs/target/spark");
  static final Path SPARK_JARS = SPARK_HOME.resolve("jars");
  static final Path TEST_CLASSES = ROOT.resolve("tests/target/test-classes");

  private Project() {}
}
