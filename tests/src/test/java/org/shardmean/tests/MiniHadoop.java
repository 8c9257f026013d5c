package org.shardmean.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.launcher.JavaModuleOptions;

/** HDFS and YARN of two nodes, in a JVM of their own: src/minicluster's program. */
final class MiniHadoop implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("^ready (hdfs://\\S+)");
  private static final Path PROGRAM =
      Project.ROOT.resolve("tests/src/minicluster/java/MiniHadoop.java");
  private static final Path JARS = Project.ROOT.resolve("tests/target/minicluster");

  private final LoggingProcess process;
  private final Path folder;
  private final String url;

  private MiniHadoop(LoggingProcess process, Path folder, String url) {
    this.process = process;
    this.folder = folder;
    this.url = url;
  }

  static MiniHadoop start(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-Xmx1g", "-cp", JARS + "/*:" + Project.SPARK_JARS + "/*"));
    command.addAll(List.of(PROGRAM.toString(), folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    LoggingProcess process = new LoggingProcess(builder, READY);
    try {
      return new MiniHadoop(process, folder, process.awaitReady().group(1));
    } catch (InterruptedException | AssertionError e) {
      process.close();
      throw e;
    }
  }

  /** A path of HDFS, as a URL. */
  String path(String path) {
    return url + path;
  }

  /** For HADOOP_CONF_DIR. */
  Path configuration() {
    return folder.resolve("conf");
  }

  FileSystem fileSystem() throws IOException {
    return FileSystem.newInstance(java.net.URI.create(url), new Configuration());
  }

  /** Stops HDFS's only data node; its name node stays. */
  void stopDataNode() throws IOException, InterruptedException {
    process.say("stop data node");
    process.await(Pattern.compile("^data node stopped", Pattern.MULTILINE));
  }

  /** Starts it again, with the blocks that it had. */
  void startDataNode() throws IOException, InterruptedException {
    process.say("start data node");
    process.await(Pattern.compile("^data node started", Pattern.MULTILINE));
  }

  /** What the containers of YARN wrote, for a test that fails. */
  String logs() {
    try (Stream<Path> files = Files.walk(folder.resolve("yarn"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(one -> one.endsWith("stderr")).toList()) {
        text.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
