package org.shardmean.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  @Test
  void withoutPatienceTheLastEpochIsKeptAndNothingStops() {
    EarlyStopping stopping = new EarlyStopping(0);
    assertEquals(0, stopping.keptEpoch());
    for (double accuracy : new double[] {0.9, 0.5, 0.4}) {
      stopping.epochEnded(accuracy);
      assertTrue(stopping.keepsLastEpoch());
      assertFalse(stopping.isDue());
    }
    assertEquals(3, stopping.keptEpoch());
  }

  @Test
  void withPatienceTheBestEpochIsKeptUntilItIsTooLongAgo() {
    EarlyStopping stopping = new EarlyStopping(2);
    stopping.epochEnded(0.8);
    stopping.epochEnded(0.9);
    assertTrue(stopping.keepsLastEpoch());
    stopping.epochEnded(0.9);
    assertFalse(stopping.keepsLastEpoch());
    assertFalse(stopping.isDue());
    stopping.epochEnded(0.7);
    assertTrue(stopping.isDue());
    assertEquals(2, stopping.keptEpoch());
  }
}
