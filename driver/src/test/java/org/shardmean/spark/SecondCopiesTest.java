package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SecondCopiesTest {
  @Test
  void everyBlockIsKeptOnceMoreOnAnotherExecutor() {
    for (int executors = 2; executors <= 5; executors++) {
      for (int slots = 1; slots <= 4; slots++) {
        Map<Integer, String> places = new TreeMap<>();
        for (int task = 0; task < executors * slots; task++) {
          places.put(task, "executor " + task * 7 % executors);
        }
        Map<Integer, Integer> blocks = SecondCopies.blocks(places);
        assertEquals(places.keySet(), blocks.keySet());
        assertEquals(places.keySet(), new HashSet<>(blocks.values()));
        blocks.forEach(
            (task, block) ->
                assertNotEquals(places.get(task), places.get(block), places::toString));
      }
    }
  }

  @Test
  void anExecutorWithMostOfTheTasksKeepsWhatOthersHave() {
    Map<Integer, Integer> blocks = SecondCopies.blocks(Map.of(0, "a", 1, "a", 2, "a", 3, "b"));
    assertEquals(Map.of(0, 3, 3, 2), blocks);
  }

  @Test
  void oneExecutorKeepsNoneTwice() {
    assertEquals(Map.of(), SecondCopies.blocks(Map.of(0, "driver", 1, "driver")));
    assertEquals(Map.of(), SecondCopies.blocks(Map.of(0, "driver")));
    assertEquals(Map.of(), SecondCopies.blocks(new HashMap<>()));
  }
}
