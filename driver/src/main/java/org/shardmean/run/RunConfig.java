package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import org.shardmean.average.AveragingSettings;
import org.shardmean.data.Redacted;
import org.shardmean.model.InitialWeights;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;

/**
 * Every resolved setting of a run: with the data, all that its result depends on. Begin with {@link
 * #of} and change what differs; or have {@link org.shardmean.Training} derive it from the data and
 * the cluster.
 *
 * @param name the run's name, for people
 * @param data what {@code --data} names: {@code mnist}, {@code generated:N}, or a folder; {@link
 *     Redacted}
 * @param validation what every epoch is scored on
 * @param model the network
 * @param initialWeights how its first weights are drawn
 * @param epochs each training example is used once per epoch; at least 1
 * @param local how workers train
 * @param averaging how their results are combined
 * @param patience epochs without a better validation, as {@link EarlyStopping} sees it, before the
 *     run stops; 0 never stops
 * @param seed of all random draws
 * @param language of the report
 */
public record RunConfig(
    String name,
    String data,
    Validation validation,
    ModelSpec model,
    InitialWeights initialWeights,
    int epochs,
    LocalSettings local,
    AveragingSettings averaging,
    int patience,
    long seed,
    Language language) {
  public RunConfig {
    requireNonNull(name, "name");
    data = Redacted.of(data);
    requireNonNull(validation, "validation");
    requireNonNull(model, "model");
    requireNonNull(initialWeights, "initialWeights");
    requireNonNull(local, "local");
    requireNonNull(averaging, "averaging");
    requireNonNull(language, "language");
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, found " + epochs);
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience must not be negative, found " + patience);
    }
  }

  /**
   * One worker that trains {@code model} on MNIST for five epochs, scored on the test images: Adam
   * at 0.001 on minibatches of 64, seed 42.
   */
  public static RunConfig of(ModelSpec model) {
    return new RunConfig(
        "train",
        "mnist",
        Validation.TEST,
        model,
        InitialWeights.BY_ACTIVATION,
        5,
        LocalSettings.of(EngineKind.FUSED, Optimizer.ADAM, LearningRate.constant(1e-3), 64),
        AveragingSettings.mean(1, 1),
        0,
        42,
        Language.EN);
  }

  /** This configuration with another name. */
  public RunConfig withName(String name) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with other data. */
  public RunConfig withData(String data) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with another validation. */
  public RunConfig withValidation(Validation validation) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with another model. */
  public RunConfig withModel(ModelSpec model) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with first weights that are drawn otherwise. */
  public RunConfig withInitialWeights(InitialWeights initialWeights) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with so many epochs. */
  public RunConfig withEpochs(int epochs) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with other local settings. */
  public RunConfig withLocal(LocalSettings local) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with other averaging settings. */
  public RunConfig withAveraging(AveragingSettings averaging) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with another patience. */
  public RunConfig withPatience(int patience) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with another seed. */
  public RunConfig withSeed(long seed) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }

  /** This configuration with another language. */
  public RunConfig withLanguage(Language language) {
    return new RunConfig(
        name,
        data,
        validation,
        model,
        initialWeights,
        epochs,
        local,
        averaging,
        patience,
        seed,
        language);
  }
}
