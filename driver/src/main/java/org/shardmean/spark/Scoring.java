package org.shardmean.spark;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalScorer;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;

/** What an executor needs, beside the parameters, to say what a network says of images. */
record Scoring(ModelSpec model, EngineKind engine) implements Serializable {
  private static final int BATCH = 250;

  /** Uses a scorer that holds these parameters and that no other task uses meanwhile. */
  <T> T with(float[] parameters, Function<LocalScorer, T> use) {
    LocalSettings settings =
        LocalSettings.of(engine, Optimizer.SGD, LearningRate.constant(1), BATCH);
    return ExecutorCache.use(
        List.of("scorer", model, settings),
        () -> new LocalScorer(model, settings),
        scorer -> {
          scorer.load(parameters);
          return use.apply(scorer);
        });
  }
}
