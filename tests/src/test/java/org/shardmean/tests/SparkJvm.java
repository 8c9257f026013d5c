package org.shardmean.tests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/** A JVM that runs one of Spark's own programs from the Spark home that Maven made. */
final class SparkJvm {
  private SparkJvm() {}

  /**
   * Ready to be started.
   *
   * @param folder the working directory, and where Spark puts its scratch files
   */
  static ProcessBuilder of(Path folder, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-Xmx512m", "-cp", Project.SPARK_JARS + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", Project.SPARK_HOME.toString(),
                "SPARK_SCALA_VERSION", "2.12",
                "SPARK_LOCAL_DIRS", folder.toString()));
    return builder;
  }
}
