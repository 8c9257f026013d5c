package org.shardmean.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Splits a round's wall-clock time by what the workers say they spent. */
public final class RoundTimes {
  private RoundTimes() {}

  /**
   * Compute is the mean over the busy cores, waiting what the slowest executor needs beyond that,
   * sync the rest. An executor that had more workers than cores was busy for their sum over its
   * cores.
   *
   * @param seconds the round, on the driver's clock
   * @param workerSeconds spent in local steps, in order of worker
   * @param executors where each worker ran
   * @param coresPerExecutor task slots of one executor
   */
  public static TimeSplit split(
      double seconds, List<Double> workerSeconds, List<String> executors, int coresPerExecutor) {
    Map<String, Double> sums = new HashMap<>();
    double longest = 0;
    double sum = 0;
    for (int worker = 0; worker < workerSeconds.size(); worker++) {
      double spent = workerSeconds.get(worker);
      sums.merge(executors.get(worker), spent, Double::sum);
      longest = Math.max(longest, spent);
      sum += spent;
    }
    double slowest = longest;
    for (double busy : sums.values()) {
      slowest = Math.max(slowest, busy / coresPerExecutor);
    }
    int cores = Math.min(workerSeconds.size(), sums.size() * coresPerExecutor);
    double compute = Math.min(sum / cores, seconds);
    double waiting = Math.max(0, Math.min(slowest, seconds) - compute);
    return new TimeSplit(compute, waiting, seconds - compute - waiting, 0);
  }
}
