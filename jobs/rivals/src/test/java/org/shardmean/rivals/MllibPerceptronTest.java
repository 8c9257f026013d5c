package org.shardmean.rivals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MllibPerceptronTest {

  @Test
  void milestonesHalveDownFromWhatWasAskedFor() {
    assertEquals(List.of(6, 12, 25, 50, 100), MllibPerceptron.milestones(100));
    assertEquals(List.of(1, 2, 5), MllibPerceptron.milestones(5));
    assertEquals(List.of(1), MllibPerceptron.milestones(1));
  }
}
