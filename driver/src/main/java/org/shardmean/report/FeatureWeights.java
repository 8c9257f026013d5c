package org.shardmean.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.data.VisibleText;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ParameterLayout;
import org.shardmean.run.RunRecord;

/**
 * The features of a table by how much the first layer listens to them: the root mean square of the
 * weights from a feature to the units.
 *
 * @param features the greatest weight first, at most {@value #MOST}
 * @param all how many features there are
 * @param before the root mean square of all these weights before the training
 */
record FeatureWeights(List<Feature> features, int all, double before) {
  /** Features that are shown at once; the others can be opened. */
  static final int AT_ONCE = 20;

  static final int MOST = 300;

  /**
   * One feature.
   *
   * @param share of the greatest weight, 0 to 1
   */
  record Feature(String name, double weight, double share) {}

  FeatureWeights {
    features = List.copyOf(features);
  }

  /** Those of a run's saved network; none of a run without one. */
  static Optional<FeatureWeights> of(RunRecord run) {
    ParameterLayout layout = new ParameterLayout(run.config().model());
    if (run.parameters().length != layout.size()) {
      return Optional.empty();
    }
    double[] weights = weights(layout, run.parameters());
    double[] drawn =
        weights(
            layout,
            InitialParameters.draw(
                run.config().model(), run.config().initialWeights(), run.config().seed()));
    List<String> names = names(run, weights.length);
    double greatest =
        Math.max(
            Double.MIN_NORMAL,
            IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).max().orElse(0));
    List<Feature> features =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -weights[i]))
            .limit(MOST)
            .map(i -> new Feature(VisibleText.of(names.get(i)), weights[i], weights[i] / greatest))
            .toList();
    double sum = 0;
    for (double weight : drawn) {
      sum += weight * weight;
    }
    return Optional.of(new FeatureWeights(features, weights.length, Math.sqrt(sum / drawn.length)));
  }

  /** Of each feature. */
  private static double[] weights(ParameterLayout layout, float[] parameters) {
    double[] weights = new double[layout.inputs(0)];
    int units = layout.outputs(0);
    for (int input = 0; input < weights.length; input++) {
      double sum = 0;
      for (int unit = 0; unit < units; unit++) {
        double weight = parameters[layout.weight(0, input, unit)];
        sum += weight * weight;
      }
      weights[input] = Math.sqrt(sum / units);
    }
    return weights;
  }

  /** Numbered from 1 where the columns are not known. */
  private static List<String> names(RunRecord run, int count) {
    return run.data()
        .table()
        .map(form -> form.inputNames())
        .filter(names -> names.size() == count)
        .orElseGet(
            () -> {
              List<String> numbers = new ArrayList<>();
              for (int i = 1; i <= count; i++) {
                numbers.add(String.valueOf(i));
              }
              return numbers;
            });
  }
}
