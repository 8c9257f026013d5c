package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.shardmean.train.TrainingState;

class StateBytesTest {
  @Property
  void whatGoesOverTheWireComesBackBitForBit(
      @ForAll @Size(min = 1, max = 50) int[] bits,
      @ForAll @IntRange(min = 0, max = 2) int moments,
      @ForAll @IntRange(min = 0) int steps) {
    float[] parameters = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      parameters[i] = Float.intBitsToFloat(bits[i]);
    }
    float[] all = new float[bits.length * moments];
    for (int i = 0; i < all.length; i++) {
      all[i] = parameters[i % parameters.length];
    }
    TrainingState state = new TrainingState(parameters, all, steps);

    TrainingState back = StateBytes.decode(StateBytes.encode(state));

    assertEquals(StateBytes.size(state), StateBytes.encode(state).length);
    assertArrayEquals(parameters, back.parameters());
    assertArrayEquals(all, back.moments());
    assertEquals(steps, back.steps());
  }

  @Test
  void aWorkersOwnMomentsTravelWithoutParameters() {
    float[] shared = {9, 8};
    TrainingState own = new TrainingState(new float[] {1, 2}, new float[] {3, 4, 5, 6}, 7);
    TrainingState back = StateBytes.decodeMoments(StateBytes.encodeMoments(own), shared);
    assertSame(shared, back.parameters());
    assertArrayEquals(own.moments(), back.moments());
    assertEquals(7, back.steps());
  }
}
