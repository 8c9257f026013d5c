package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedExecutorsTest {
  @ParameterizedTest
  @CsvSource({
    "yarn, '', 2, 2",
    "yarn, executor.instances=5 executor.cores=4, 5, 20",
    "yarn, executor.instances=5 executor.cores=4 task.cpus=2, 5, 10",
    "k8s://https://host:6443, executor.instances=3, 3, 3",
    "'local-cluster[3,2,1024]', '', 3, 6",
    "spark://head:7077, cores.max=12, 0, 12",
    "spark://head:7077, cores.max=12 task.cpus=4, 0, 3",
    "spark://head:7077, cores.max=12 executor.cores=5, 2, 10",
    "yarn, dynamicAllocation.enabled=true executor.cores=4, 1, 4",
    "yarn, dynamicAllocation.enabled=true dynamicAllocation.minExecutors=3 executor.cores=2, 3, 6",
    "yarn, dynamicAllocation.enabled=true dynamicAllocation.minExecutors=2"
        + " dynamicAllocation.initialExecutors=4 executor.instances=3, 4, 4",
    "spark://head:7077, dynamicAllocation.enabled=true dynamicAllocation.initialExecutors=2, 2, 0"
  })
  void followTheSettings(String master, String settings, int executors, int slots) {
    AskedExecutors asked = AskedExecutors.of(conf(settings), master).orElseThrow();

    assertEquals(executors, asked.executors());
    assertEquals(slots, asked.slots());
  }

  /** It says how many tasks a shuffle has, not how many can run. */
  @Test
  void doNotFollowTheDefaultParallelism() {
    assertEquals(
        AskedExecutors.of(conf("executor.instances=2"), "yarn"),
        AskedExecutors.of(conf("executor.instances=2 default.parallelism=400"), "yarn"));
  }

  @Test
  void aStandaloneClusterWithoutALimitGivesWhatItHas() {
    assertEquals(Optional.empty(), AskedExecutors.of(conf(""), "spark://head:7077"));
  }

  @Test
  void areThereWhenExecutorsAndSlotsAre() {
    AskedExecutors asked = new AskedExecutors(2, 8, false, "");

    assertFalse(asked.areThere(1, 8));
    assertFalse(asked.areThere(2, 7));
    assertTrue(asked.areThere(3, 12));
  }

  private static SparkConf conf(String settings) {
    SparkConf conf = new SparkConf(false);
    for (String setting : settings.isBlank() ? new String[0] : settings.trim().split(" +", -1)) {
      conf.set("spark." + setting.split("=", -1)[0], setting.split("=", -1)[1]);
    }
    return conf;
  }
}
