package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import org.shardmean.average.AveragingSettings;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.LocalSettings;

/**
 * Every resolved setting of a run: with the data, all that its result depends on.
 *
 * @param name the run's name, for people
 * @param data what {@code --data} names: {@code mnist}, {@code generated:N}, or a folder
 * @param validation what every epoch is scored on
 * @param model the network
 * @param epochs how often every training example is seen, at least 1
 * @param local how workers train
 * @param averaging how their results are brought together
 * @param patience epochs without a better validation accuracy before the run stops; 0 never stops
 * @param checkpointEvery epochs between checkpoints; 0 for none
 * @param seed what every draw is derived from
 * @param language of the report, such as {@code en}
 */
public record RunConfig(
    String name,
    String data,
    Validation validation,
    ModelSpec model,
    int epochs,
    LocalSettings local,
    AveragingSettings averaging,
    int patience,
    int checkpointEvery,
    long seed,
    String language) {
  public RunConfig {
    requireNonNull(name, "name");
    requireNonNull(data, "data");
    requireNonNull(validation, "validation");
    requireNonNull(model, "model");
    requireNonNull(local, "local");
    requireNonNull(averaging, "averaging");
    requireNonNull(language, "language");
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, found " + epochs);
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience must not be negative, found " + patience);
    }
    if (checkpointEvery < 0) {
      throw new IllegalArgumentException(
          "checkpoint every must not be negative, found " + checkpointEvery);
    }
  }
}
