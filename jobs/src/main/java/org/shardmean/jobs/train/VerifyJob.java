package org.shardmean.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.jobs.command.EndedException;
import org.shardmean.jobs.command.ExitCode;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.Required;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.jobs.command.SparkLog;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.jobs.data.ModelFile;
import org.shardmean.model.ModelOrigin;
import org.shardmean.model.ParameterDifference;
import org.shardmean.model.SavedModel;
import org.shardmean.run.Sentence;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.RecordedOrigin;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.Written;
import org.shardmean.spark.Cluster;

/**
 * {@code verify}: trains a model again with the settings stored in its file, and compares the bits.
 */
public final class VerifyJob implements SparkJob {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "Trains a saved model again with its stored settings, and checks that all parameters are equal.";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        new SettingGroup("Network", List.of(ModelFile.MODEL)),
        new SettingGroup(
            "Data",
            List.of(
                TrainSettings.DATA
                    .withHelp(
                        "The same data, where it lies elsewhere now.",
                        "Default: where the training found it.")
                    .withoutDefault(),
                TrainSettings.MNIST_PATH)),
        GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--model runs/eight/model.zip", "--model model.zip --data hdfs:///digits --master yarn");
  }

  @Override
  public void run(GivenSettings given) throws Exception {
    Required.in(given, List.of(ModelFile.MODEL));
    SparkJob.super.run(given);
  }

  @Override
  public void run(JavaSparkContext spark, GivenSettings given) {
    String file = given.get(ModelFile.MODEL);
    SavedModel model = SavedModel.read(file, spark.hadoopConfiguration());
    ModelOrigin origin = requireRepeatable(file, model);
    GivenSettings settings = settings(file, origin, given);
    requireItsFirstLength(file, origin, settings);
    if (!given.isOn(GeneralSettings.STACKTRACE)) {
      SparkLog.hideLostExecutors(); // The console tells of them, in a line each.
    }
    System.out.println("Trains again: " + origin.command());
    System.out.println();

    RunResult again = train(spark, file, model, origin, settings);
    System.out.println();
    compare(file, model, origin, again.model());
  }

  /** Said before anything is trained. */
  private static ModelOrigin requireRepeatable(String file, SavedModel model) {
    ModelOrigin origin =
        model
            .origin()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: expected a model that says where it comes from, found none; give the model.zip of a run"
                            .formatted(file)));
    if (!RecordedOrigin.isWhole(origin)) {
      throw new DataException(
          "%s: expected the model of a training that ended as its settings say, found one with status %s; finish it first"
              .formatted(file, origin.status()));
    }
    return origin;
  }

  /** The learning rate follows from the epochs, so a run that became longer has had two courses. */
  private static void requireItsFirstLength(
      String file, ModelOrigin origin, GivenSettings settings) {
    int epochs = settings.get(TrainSettings.EPOCHS);
    origin
        .parent()
        .filter(parent -> parent.epochs() != epochs)
        .ifPresent(
            parent -> {
              throw new DataException(
                  "%s: expected a training that can be repeated from its settings, found one that began with %s and went on to %d; it cannot be verified"
                      .formatted(file, Sentence.counted(parent.epochs(), "epoch"), epochs));
            });
  }

  /** Those of the training; of those given, only where the data is. */
  private static GivenSettings settings(String file, ModelOrigin origin, GivenSettings given) {
    try {
      Map<String, Written> recorded = RecordedOrigin.settings(origin);
      GivenSettings settings =
          new GivenSettings(List.of(recorded))
              .under(TrainSettings.MNIST_PATH, given.get(TrainSettings.MNIST_PATH), "--mnist-path");
      return given.isGiven(TrainSettings.DATA)
          ? settings.under(TrainSettings.DATA, given.get(TrainSettings.DATA), "--data")
          : settings;
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s: expected the settings of a training with this program, found that %s; use the version that trained it"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static RunResult train(
      JavaSparkContext spark,
      String file,
      SavedModel model,
      ModelOrigin origin,
      GivenSettings settings) {
    Dataset dataset =
        new DataLoading(spark.hadoopConfiguration(), System.getenv(), System.err)
            .loadThat(settings);
    if (!dataset.checksum().equals(origin.dataChecksum())) {
      throw new DataException(
          "--data %s: expected the examples that the model was trained on (checksum %s), found others (checksum %s); give the same data"
              .formatted(
                  settings.get(TrainSettings.DATA), origin.dataChecksum(), dataset.checksum()));
    }
    if (!settings.get(TrainSettings.LAYERS).equals(model.spec().layers())) {
      throw new DataException(
          "%s: expected the settings of this network, %s, found those of another; the file was changed"
              .formatted(file, model.spec().written()));
    }
    EpochConsole console =
        EpochConsole.onStandardOutput(System.getenv(), settings.get(TrainSettings.LANG));
    Training training = Training.of(dataset).settings(settings).listener(console);
    return training.run(spark, Cluster.of(spark, console));
  }

  private static void compare(String file, SavedModel model, ModelOrigin origin, SavedModel again) {
    ParameterDifference difference =
        ParameterDifference.between(model.parameters(), again.parameters());
    if (difference.count() > 0) {
      throw new EndedException(
          ExitCode.DIFFERENT,
          "%s: expected the same parameters, found %,d of %,d that differ, by at most %.3g; %s"
              .formatted(
                  file,
                  difference.count(),
                  model.parameters().length,
                  difference.largest(),
                  reason(origin, again.origin().orElseThrow())));
    }
    System.out.println(
        "Verified: all %,d parameters are the same to the bit"
            .formatted(model.parameters().length));
  }

  /** What may explain it. */
  private static String reason(ModelOrigin origin, ModelOrigin again) {
    List<String> reasons = new ArrayList<>();
    origin
        .versions()
        .forEach(
            (name, then) -> {
              String now = again.versions().getOrDefault(name, "none");
              if (!now.equals(then)) {
                reasons.add("%s was %s and is %s".formatted(name, then, now));
              }
            });
    origin
        .parent()
        .ifPresent(
            parent ->
                reasons.add(
                    "the training went on from a checkpoint, %s; if it was given more epochs on its way, its settings do not repeat it"
                        .formatted(parent.after())));
    return reasons.isEmpty()
        ? "nothing that is recorded explains it: the file was changed, or the program is another"
        : String.join("; ", reasons);
  }
}
