package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void partsAddUpInTheirOrder() {
    Answers first = new Answers(new byte[] {0, (byte) 200}, new byte[] {1, (byte) 200});
    Answers next = new Answers(new byte[] {3}, new byte[] {4});

    Answers both = Answers.NONE.plus(first).plus(next);

    assertEquals(3, both.count());
    assertEquals(200, both.actual(1));
    assertEquals(200, both.predicted(1));
    assertTrue(both.isCorrect(1));
    assertEquals(4, both.predicted(2));
    assertFalse(both.isCorrect(2));
  }

  @Test
  void holdsCopies() {
    byte[] actual = {0, 1};
    byte[] predicted = {0, 1};
    Answers answers = new Answers(actual, predicted);
    actual[0] = 7;
    predicted[0] = 7;
    answers.actual()[1] = 7;
    answers.predicted()[1] = 7;

    assertEquals(new Answers(new byte[] {0, 1}, new byte[] {0, 1}), answers);
  }

  @Test
  void oneAnswerBelongsToEachExample() {
    assertThrows(IllegalArgumentException.class, () -> new Answers(new byte[2], new byte[1]));
  }
}
