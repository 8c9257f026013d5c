package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DigitShapeTest {
  private final DigitShape shape =
      DigitShape.of("0,10 20,30 40,50! 60,70 / 80,90 1,2", "10,20 20,40 40,50! 61,70 / 80,90 3,2");

  @Test
  void aPoseLiesBetweenTheTwo() {
    assertEquals(6, shape.points());
    assertEquals(0f, shape.x(0, 0f));
    assertEquals(10f, shape.x(0, 1f));
    assertEquals(15f, shape.y(0, 0.5f));
    assertEquals(2f, shape.x(5, 0.5f));
  }

  @Test
  void thePenIsLiftedWhereAStrokeEnds() {
    assertTrue(shape.liftsAt(3));
    assertTrue(shape.liftsAt(5));
    assertFalse(shape.liftsAt(2));
  }

  @Test
  void theLineIsBentByItsNeighboursOnlyWhereItIsSmooth() {
    assertEquals(0, shape.before(0), "a stroke's first point");
    assertEquals(0, shape.before(1), "smooth");
    assertEquals(2, shape.after(1), "smooth");
    assertEquals(2, shape.after(2), "a corner");
    assertEquals(2, shape.before(2), "a corner");
    assertEquals(3, shape.after(3), "a stroke's last point");
    assertEquals(4, shape.before(4), "a stroke's first point");
  }

  @Test
  void posesOfOtherPointsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> DigitShape.of("1,2 3,4", "1,2"));
    assertThrows(IllegalArgumentException.class, () -> DigitShape.of("1,2! 3,4", "1,2 3,4!"));
  }
}
