package org.shardmean.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = TrainSettings.ALL.stream().map(Setting::name).toList();

  @Property
  void aLetterLeftOutIsForgiven(
      @ForAll @IntRange(max = 100) int which, @ForAll @IntRange(max = 100) int where) {
    String name = NAMES.get(which % NAMES.size());
    int at = where % name.length();
    String slip = name.substring(0, at) + name.substring(at + 1);

    String nearest = NearestName.of(slip, NAMES).orElseThrow();
    assertTrue(LevenshteinDistance.getDefaultInstance().apply(slip, nearest) <= 1, nearest);
  }

  @Test
  void theBeginningOfANameIsNear() {
    assertEquals(Optional.of("hidden-activation"), NearestName.of("hidden", NAMES));
  }

  @Test
  void nonsenseIsNearNothing() {
    assertEquals(Optional.empty(), NearestName.of("zzzzzz", NAMES));
  }
}
