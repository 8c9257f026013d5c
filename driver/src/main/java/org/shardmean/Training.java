package org.shardmean;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.Dataset;
import org.shardmean.model.ModelOrigin;
import org.shardmean.model.Task;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Problem;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunListeners;
import org.shardmean.run.Validation;
import org.shardmean.settings.DataShape;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.NearestName;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.Setting;
import org.shardmean.settings.Slots;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.Written;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingMetrics;
import org.shardmean.spark.TrainingRun;
import org.shardmean.spark.UnfinishedRunException;

/**
 * A training: first its settings are given, one call after another, then it is run. It does all
 * that {@code deploy/submit train} does.
 *
 * <pre>{@code
 * RunResult result = Training.of(Dataset.mnist("data/mnist")).workers(4).epochs(5).run(spark);
 * }</pre>
 *
 * What is not given follows from the data, the cluster and {@code --preset}, as on the command
 * line. Immutable: each method returns another training.
 */
public final class Training {
  /**
   * The preset drops inputs, because neighbouring pixels say much the same. With fewer features of
   * a table each may be the only one of its kind.
   */
  private static final int FEWEST_DROPPED_FEATURES = 100;

  private final Dataset dataset;
  private final GivenSettings given;
  private final RunListener listener;

  private Training(Dataset dataset, GivenSettings given, RunListener listener) {
    this.dataset = requireNonNull(dataset, "dataset");
    this.given = requireNonNull(given, "given");
    this.listener = requireNonNull(listener, "listener");
  }

  /** A training on {@code dataset}, all else as it is by default. */
  public static Training of(Dataset dataset) {
    return new Training(dataset, GivenSettings.NONE, RunListener.NONE);
  }

  /**
   * With these settings in place of all that were given before, such as those of a command line.
   */
  public Training settings(GivenSettings settings) {
    return new Training(dataset, settings, listener);
  }

  /**
   * With a setting by its name, as in a properties file: {@code set("batch-size", "32")}. Its text
   * is read when the training is resolved.
   *
   * @throws ConfigurationException if there is no such setting
   */
  public Training set(String name, String value) {
    List<String> names = TrainSettings.ALL.stream().map(Setting::name).toList();
    if (!names.contains(name)) {
      throw new ConfigurationException(
          "%s: unknown setting%s"
              .formatted(
                  name,
                  NearestName.of(name, names)
                      .map(near -> ", did you mean " + near + "?")
                      .orElse("; expected one of " + String.join(", ", names))));
    }
    return settings(given.under(Map.of(name, new Written(value, name))));
  }

  /** With a setting of {@link TrainSettings}. */
  public <T> Training set(Setting<T> setting, T value) {
    return settings(given.under(setting, value, setting.name()));
  }

  /** What the network learns. */
  public Training task(Task task) {
    return set(TrainSettings.TASK, task);
  }

  /** Units of the input, every hidden layer and the output, such as 784, 128, 64, 10. */
  public Training layers(int... units) {
    return set(TrainSettings.LAYERS, Arrays.stream(units).boxed().toList());
  }

  /** Logical workers, K. */
  public Training workers(int workers) {
    return set(TrainSettings.WORKERS, workers);
  }

  /** Epochs to train; each training image is used once per epoch. */
  public Training epochs(int epochs) {
    return set(TrainSettings.EPOCHS, epochs);
  }

  /** Images in a minibatch. */
  public Training batchSize(int images) {
    return set(TrainSettings.BATCH_SIZE, images);
  }

  /** The highest learning rate of the run. */
  public Training learningRate(double rate) {
    return set(TrainSettings.LEARNING_RATE, rate);
  }

  /** How many times an epoch the workers are averaged. */
  public Training roundsPerEpoch(int rounds) {
    return set(TrainSettings.ROUNDS_PER_EPOCH, rounds);
  }

  /** Seed of all random draws. */
  public Training seed(long seed) {
    return set(TrainSettings.SEED, seed);
  }

  /** What every epoch is scored on. */
  public Training validation(Validation validation) {
    return set(TrainSettings.VALIDATION, validation);
  }

  /**
   * Epochs without a better validation accuracy, of an autoencoder without a lower error, before
   * the run stops; 0 never stops.
   */
  public Training patience(int epochs) {
    return set(TrainSettings.PATIENCE, epochs);
  }

  /** The run's name, for people. */
  public Training name(String name) {
    return set(TrainSettings.NAME, name);
  }

  /** With a listener that hears of every round and epoch, in place of the one before. */
  public Training listener(RunListener other) {
    return new Training(dataset, given, other);
  }

  /**
   * Every setting, given or derived, without training anything.
   *
   * @param slots task slots, which decide how many workers there are where none are given
   * @throws ConfigurationException with every problem
   */
  public ResolvedRun resolve(int slots) {
    return resolve(Slots.of(slots));
  }

  /** As {@link #resolve(int)}, for slots that say where they come from. */
  public ResolvedRun resolve(Slots slots) {
    requireReadable();
    GivenSettings all = given.under(TrainSettings.DATA, dataset.origin(), "data");
    return ResolvedRun.of(isOfFewFeatures() ? withoutDropout(all) : all, shape(), slots);
  }

  private boolean isOfFewFeatures() {
    return dataset.table().isPresent() && dataset.train().width() < FEWEST_DROPPED_FEATURES;
  }

  private static GivenSettings withoutDropout(GivenSettings all) {
    return all.over(Map.of(TrainSettings.INPUT_DROPOUT.name(), new Written("0", "few features")));
  }

  /**
   * Trains, scores every epoch, and gives back the result; writes nothing. A training that diverges
   * gives back a result too, with status DIVERGED and {@link RunResult#problem}.
   *
   * @throws ConfigurationException with every problem of the settings, before anything is trained
   * @throws org.shardmean.data.DataException if the data cannot be read, or does not fit the
   *     network
   * @throws org.shardmean.spark.ClusterException if there are no executors, or none are left
   */
  public RunResult run(JavaSparkContext spark) {
    return run(spark, Cluster.of(spark, listener));
  }

  /**
   * As {@link #run(JavaSparkContext)}, on a cluster that was looked at already.
   *
   * @throws ConfigurationException as there
   * @throws org.shardmean.data.DataException as there
   * @throws org.shardmean.spark.ClusterException as there
   */
  public RunResult run(JavaSparkContext spark, Cluster cluster) {
    ResolvedRun resolved = resolve(cluster.slots());
    try (RunListeners heard = withMetrics()) {
      return result(
          new TrainingRun(spark, cluster, heard).run(dataset, resolved), spark, Optional.empty());
    } catch (UnfinishedRunException e) {
      throw e.rethrown();
    }
  }

  /**
   * As {@link #run(JavaSparkContext, Cluster)}, in a folder: goes on with the run that is there,
   * keeps checkpoints, and writes the results. If anything goes wrong, what there is of the run is
   * written too, with status FAILED or INTERRUPTED and the reason.
   *
   * @throws ConfigurationException also if the folder holds a run that this is not
   * @throws org.shardmean.data.DataException as there
   * @throws org.shardmean.spark.ClusterException as there
   * @throws UncheckedIOException if a result cannot be written
   */
  public RunResult run(JavaSparkContext spark, Cluster cluster, RunFolder folder) {
    ResolvedRun resolved = folder.explained(resolve(cluster.slots()));
    try (RunListeners heard = withMetrics()) {
      TrainingRun run = new TrainingRun(spark, cluster, heard);
      RunResult result = result(run.run(dataset, resolved, folder), spark, folder.parent());
      folder.save(result);
      return result;
    } catch (UnfinishedRunException e) {
      savePart(folder, result(e.part(), spark, folder.parent()));
      throw e.rethrown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark's metrics system hears too, until the training is over. */
  private RunListeners withMetrics() {
    return new RunListeners(listener, List.of(TrainingMetrics.register()));
  }

  /** What ends the run must not be hidden by what comes of it. */
  private void savePart(RunFolder folder, RunResult part) {
    try {
      folder.savePart(part);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      listener.notice("What there is of the run could not be written: " + Problem.of(e));
    }
  }

  private static RunResult result(
      TrainingRun.Finished finished, JavaSparkContext spark, Optional<ModelOrigin.Parent> parent) {
    return new RunResult(finished, spark.hadoopConfiguration(), parent);
  }

  /** The shape of the training examples, without those held out. */
  private DataShape shape() {
    Validation validation = given.get(TrainSettings.VALIDATION);
    try {
      return TrainingRun.Parts.of(dataset, validation.heldOut(), given.get(TrainSettings.SEED))
          .shape();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(given.problemWith(TrainSettings.VALIDATION, e.getMessage()));
    }
  }

  private void requireReadable() {
    List<String> problems = given.problems(TrainSettings.GROUPS);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
