package org.shardmean.tests.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmark runs and fills its table; what it measures is not judged here. */
class EngineBenchmarkIT {

  @Test
  void measuresEveryEngineAtEveryBatchSize() throws Exception {
    TimeValue moment = TimeValue.milliseconds(20);
    List<EngineSpeed> speeds = EngineBenchmark.measure(3, moment, moment);
    assertEquals(List.of(32, 64, 128, 256), speeds.stream().map(EngineSpeed::batchSize).toList());
    for (EngineSpeed speed : speeds) {
      for (Speed one : List.of(speed.fused(), speed.dl4j(), speed.ceiling())) {
        assertEquals(3, one.runs().size());
        assertTrue(0 < one.lowest() && one.lowest() <= one.median(), one.toString());
        assertTrue(one.median() <= one.highest(), one.toString());
      }
      assertTrue(speed.timesDl4j() > 0 && speed.shareOfCeiling() > 0);
      assertEquals(454, speed.ceilingGflops() * 1e6 / speed.ceiling().median(), 1);
    }
    assertEquals(5, EngineBenchmark.table(speeds).lines().count());
  }
}
