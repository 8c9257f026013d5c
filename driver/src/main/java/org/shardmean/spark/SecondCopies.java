package org.shardmean.spark;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which task keeps a second copy of which other task's images: one each, on another executor. */
final class SecondCopies {
  private SecondCopies() {}

  /**
   * The block that each task is to keep, by the number of the task. Where one executor has more
   * than half of the tasks, some of its blocks have no second copy.
   *
   * @param places the executor of each task
   */
  static Map<Integer, Integer> blocks(Map<Integer, String> places) {
    List<Integer> byExecutor =
        places.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, String>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    int most = mostOnOneExecutor(places);
    Map<Integer, Integer> blocks = new HashMap<>();
    for (int i = 0; i < byExecutor.size(); i++) {
      int task = byExecutor.get(i);
      int block = byExecutor.get((i + most) % byExecutor.size());
      if (!places.get(task).equals(places.get(block))) {
        blocks.put(task, block);
      }
    }
    return blocks;
  }

  /** Tasks of the executor that has most of them; 0 where there are none. */
  static int mostOnOneExecutor(Map<Integer, String> places) {
    return places.values().stream()
        .mapToInt(place -> Collections.frequency(places.values(), place))
        .max()
        .orElse(0);
  }
}
