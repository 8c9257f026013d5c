package org.shardmean.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;

/** Comparisons for tests, with figures that are easy to reckon with. */
final class SampleComparisons {
  private static final int IMAGES = 1000;

  private SampleComparisons() {}

  /** {@code correct} of 1000 images of so many classes are classified correctly. */
  static ConfusionMatrix matrix(int classes, int correct) {
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < IMAGES; i++) {
      int actual = i % classes;
      counts[actual][i < correct ? actual : (actual + 1) % classes]++;
    }
    return new ConfusionMatrix(counts);
  }

  /**
   * A course with a second for each milestone.
   *
   * @param correct of 1000 images, at each milestone
   */
  static Course course(int classes, double seconds, int... correct) {
    List<Milestone> milestones = new ArrayList<>();
    for (int m = 0; m < correct.length; m++) {
      milestones.add(
          new Milestone("epoch " + (m + 1), seconds * (m + 1), matrix(classes, correct[m])));
    }
    return new Course(Map.of("version", "1 <b>"), 0.25, milestones);
  }

  static Contender ours(Course course) {
    return Contender.ours(course, Optional.empty());
  }

  static Contender rival(Course course, String problem) {
    return new Contender("mllib", "MLlib", course, Optional.ofNullable(problem));
  }

  static Comparison of(int classes, Contender... contenders) {
    return new Comparison(
        "784-128-64-" + classes,
        new DataRecord("digits <i>", false, 6000, IMAGES, IMAGES, 28, 28, classes, "0123abcd"),
        new Environment("Java 17", "3.5.9", "M2.1", "local[2]", 0, 2, "Linux", "x86", "unknown"),
        7,
        List.of(0.9, 0.985),
        false,
        List.of("not MNIST's figures"),
        List.of(contenders));
  }
}
