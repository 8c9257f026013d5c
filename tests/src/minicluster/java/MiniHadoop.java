import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS of one data node and YARN of two node managers, in a JVM of their own: {@code MiniHadoop
 * FOLDER}. Writes what HADOOP_CONF_DIR needs into {@code FOLDER/conf}, says "ready HDFS-URL", stops
 * and starts the data node when told on its standard input, and ends with that.
 */
public final class MiniHadoop {
  private static final long LONGEST_START_SECONDS = 90;

  private MiniHadoop() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (MiniDFSCluster hdfs = startHdfs(folder.resolve("hdfs"));
        MiniYARNCluster yarn = startYarn(folder.resolve("yarn"), hdfs.getURI().toString())) {
      writeConfiguration(yarn.getConfig(), Files.createDirectories(folder.resolve("conf")));
      System.out.println("ready " + hdfs.getURI());
      obey(hdfs);
    }
    System.exit(0);
  }

  /** Does what it is told on its standard input, until that ends. */
  private static void obey(MiniDFSCluster hdfs) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    MiniDFSCluster.DataNodeProperties stopped = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("stop data node")) {
        stopped = hdfs.stopDataNode(0);
        System.out.println("data node stopped");
      } else if (line.equals("start data node")) {
        hdfs.restartDataNode(stopped, true);
        hdfs.waitActive();
        System.out.println("data node started");
      }
    }
  }

  private static MiniDFSCluster startHdfs(Path folder) throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    conf.set("dfs.replication", "1");
    return new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
  }

  private static MiniYARNCluster startYarn(Path folder, String hdfs) throws Exception {
    System.setProperty("test.build.data", folder.toString());
    YarnConfiguration conf = new YarnConfiguration();
    conf.set("fs.defaultFS", hdfs);
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.root.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    conf.set("yarn.scheduler.minimum-allocation-mb", "256");
    conf.set("yarn.nodemanager.resource.memory-mb", "8192");
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    conf.set("yarn.nodemanager.vmem-check-enabled", "false");
    conf.set("yarn.nodemanager.pmem-check-enabled", "false");
    conf.set("yarn.nodemanager.resourcemanager.minimum.version", "NONE");
    MiniYARNCluster yarn = new MiniYARNCluster("shardmean", 2, 1, 1);
    yarn.init(conf);
    yarn.start();
    awaitAddress(yarn);
    if (!yarn.waitForNodeManagersToConnect(TimeUnit.SECONDS.toMillis(LONGEST_START_SECONDS))) {
      throw new IllegalStateException("the node managers did not register");
    }
    return yarn;
  }

  /** The cluster's configuration gets the real port a moment after the start. */
  private static void awaitAddress(MiniYARNCluster yarn) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (yarn.getConfig().get(YarnConfiguration.RM_ADDRESS).endsWith(":0")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the resource manager has no port");
      }
      Thread.onSpinWait();
    }
  }

  private static void writeConfiguration(Configuration conf, Path folder) throws IOException {
    for (String name : new String[] {"core-site.xml", "yarn-site.xml", "hdfs-site.xml"}) {
      try (OutputStream file = Files.newOutputStream(folder.resolve(name))) {
        conf.writeXml(file);
      }
    }
  }
}
