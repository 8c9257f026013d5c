package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RealMnistTest {
  @Test
  void realMnistIsKnownByItsDigestsAndHoldsWhatThePapersSay() {
    Dataset mnist = RealMnist.load();

    assertTrue(mnist.isMnist());
    assertEquals("mnist", mnist.name());
    assertEquals(60_000, mnist.train().count());
    assertEquals(10_000, mnist.test().count());
    assertEquals(28, mnist.train().height());
    assertEquals(28, mnist.train().width());
    assertEquals(10, mnist.train().classes());
    assertArrayEquals(
        new long[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
        mnist.train().countsPerClass());
    assertArrayEquals(
        new long[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
        mnist.test().countsPerClass());
  }
}
