package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Environment;
import org.shardmean.run.RunListener;

class LateExecutorsTest {
  private static final String SKYLAKE = "Intel (SkylakeX)";
  private static final String HASWELL = "AMD (Haswell)";
  private static final String NOT_YET = "cannot work yet";

  private final Map<String, String> there = new TreeMap<>(Map.of("0", SKYLAKE));
  private final List<Set<String>> asked = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  @Test
  void noOneIsAskedTwice() {
    LateExecutors late = late(true);
    late.check();
    assertEquals(List.of(), asked);

    there.put("1", SKYLAKE);
    there.remove("0");
    late.check();
    late.check();

    assertEquals(List.of(Set.of("1")), asked);
    assertEquals(List.of(), notices);
    assertEquals(SKYLAKE, late.environment().processor());
  }

  @Test
  void otherKernelsAreToldOnceAndKeptInTheRecord() {
    LateExecutors late = late(false);
    there.put("1", HASWELL);
    late.check();
    there.put("2", HASWELL);
    late.check();

    assertEquals(1, notices.size(), notices.toString());
    assertTrue(notices.get(0).contains("Haswell, SkylakeX"), notices.get(0));
    assertEquals(HASWELL + "; " + SKYLAKE, late.environment().processor());
  }

  @Test
  void withSameBitsTheyAreRefused() {
    LateExecutors late = late(true);
    there.put("1", HASWELL);

    assertThrows(ConfigurationException.class, late::check);
  }

  /** One that has registered, and cannot work yet, answers the next time. */
  @Test
  void oneThatCannotWorkYetIsAskedAgain() {
    LateExecutors late = late(true);
    there.put("1", NOT_YET);
    for (int round = 0; round < 10; round++) {
      late.check();
    }
    there.put("1", HASWELL);

    assertThrows(ConfigurationException.class, late::check);
  }

  @Test
  void oneThatGivesNoAnswerIsAskedThreeTimes() {
    LateExecutors late = late(true);
    there.put("1", "");
    for (int round = 0; round < 10; round++) {
      late.check();
    }

    assertEquals(3, asked.size());
  }

  private LateExecutors late(boolean sameBits) {
    Environment first =
        new Environment("java", "spark", "dl4j", "spark://a:1", 1, 1, "os", SKYLAKE, "commit");
    RunListener listener =
        new RunListener() {
          @Override
          public void notice(String notice) {
            notices.add(notice);
          }
        };
    return new LateExecutors(new Fake(), first, sameBits, listener);
  }

  private final class Fake implements LateExecutors.Executors {
    @Override
    public Set<String> identifiers() {
      return there.keySet();
    }

    @Override
    public Map<String, String> processors(Set<String> identifiers) {
      asked.add(Set.copyOf(identifiers));
      Map<String, String> answers = new TreeMap<>(there);
      answers.keySet().retainAll(identifiers);
      answers.values().removeIf(NOT_YET::equals);
      return answers;
    }
  }
}
