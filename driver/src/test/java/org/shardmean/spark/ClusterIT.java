package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.settings.Slots;

class ClusterIT {
  @ParameterizedTest
  @CsvSource({"2, 1, 2", "3, 2, 1"})
  void itsSlotsAreWhatCanRunAtOnceWhateverTheDefaultParallelism(
      int cores, int coresOfATask, int slots) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + cores + "]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.task.cpus", String.valueOf(coresOfATask))
            .set("spark.default.parallelism", "400");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertEquals(
          new Slots(slots, "task slots of local[" + cores + "]"), Cluster.of(spark).slots());
    }
  }
}
