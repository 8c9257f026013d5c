package org.shardmean.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PartTest {
  @Property
  void everyParameterIsInOnePartOfWholeGrains(
      @ForAll @IntRange(min = 1) int parameters, @ForAll @IntRange(min = 1, max = 300) int most) {
    List<Part> parts = Part.cut(parameters, most);

    assertEquals(Math.min(most, Part.grains(parameters)), parts.size());
    int end = 0;
    int grains = 0;
    for (Part part : parts) {
      assertEquals(end, part.from());
      assertEquals(parameters, part.of());
      end = part.end();
      grains += Part.grains(part.size());
    }
    assertEquals(parameters, end);
    assertEquals(Part.grains(parameters), grains);
    int even = Part.grains(parameters) / parts.size();
    for (Part part : parts) {
      int found = Part.grains(part.size());
      assertTrue(found == even || found == even + 1, found + " grains where " + even + " are even");
    }
  }

  @Test
  void aPartBeginsWithAGrain() {
    assertThrows(IllegalArgumentException.class, () -> new Part(1, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> new Part(0, 4, 3));
    assertThrows(IllegalArgumentException.class, () -> new Part(0, 0, 3));
    assertEquals(new Part(0, 3, 3), Part.whole(3));
  }
}
