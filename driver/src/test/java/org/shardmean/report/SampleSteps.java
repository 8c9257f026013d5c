package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.run.FirstSteps;
import org.shardmean.train.FollowedWeight;
import org.shardmean.train.LossSlice;

/** How gradient descent began in {@link SampleRuns}, made up. */
final class SampleSteps {
  private SampleSteps() {}

  static FirstSteps descent() {
    double[] gradients = {-0.0213, -0.0178, 3.2e-7, 0.0051, -0.0094};
    List<FollowedWeight.Step> steps = new ArrayList<>();
    double weight = 0.0371;
    for (int s = 0; s < gradients.length; s++) {
      double after = weight - 0.0002 * (s + 1) * Math.signum(gradients[s]);
      steps.add(new FollowedWeight.Step(0.0002 * (s + 1), gradients[s], weight, after));
      weight = after;
    }
    List<Double> losses =
        IntStream.rangeClosed(0, 32)
            .mapToObj(p -> 0.9 + 1.4 * Math.pow((p - 14) / 10.0, 2))
            .toList();
    return new FirstSteps(
        Optional.of(new FollowedWeight(0, 17, 406, steps)),
        Optional.of(new LossSlice(128, -0.2, 1.4, losses)));
  }
}
