package org.shardmean.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.experiment.ClusterModel;
import org.shardmean.experiment.GridPrediction;
import org.shardmean.experiment.SavedPoints;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/**
 * {@code predict-scaling}: what a measured grid says of another cluster. Needs no cluster itself.
 */
final class PredictScalingJob implements Job {
  private static final Setting<String> FROM =
      Setting.of("from", "DIR", ValueReader.text(), "The folder of a grid that scaling has run.");

  private static final Setting<Integer> IMAGES =
      Setting.of("images", "N", ValueReader.wholeNumber(1), "Training images of an epoch.");

  private static final Setting<Double> BANDWIDTH =
      Setting.of(
          "bandwidth",
          "RATE",
          PredictScalingJob::bitsPerSecond,
          "Of the driver's link, such as 10gbit or 800mbit; that of the measured cluster unless"
              + " given.");

  @Override
  public String name() {
    return "predict-scaling";
  }

  @Override
  public String summary() {
    return "Says what a round and an epoch would take with more workers, from a grid's points.";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        new SettingGroup(
            "Prediction",
            List.of(
                FROM,
                TrainSettings.WORKERS,
                IMAGES,
                BANDWIDTH,
                TrainSettings.ROUNDS_PER_EPOCH,
                TrainSettings.BATCH_SIZE)),
        GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--from runs/laptop --workers 256 --images 60000000 --bandwidth 10gbit",
        "--from runs/laptop --workers 16 --images 60000 --rounds-per-epoch 8");
  }

  @Override
  public void run(GivenSettings given) throws IOException {
    Required.in(given, List.of(FROM, TrainSettings.WORKERS, IMAGES));
    int workers = given.get(TrainSettings.WORKERS);
    int images = given.get(IMAGES);
    if (images < workers) {
      throw new ConfigurationException(
          "--images: expected at least one for each of %d workers, found %d"
              .formatted(workers, images));
    }
    SavedPoints saved = SavedPoints.read(new Configuration(), given.get(FROM));
    List<ClusterModel> models = ClusterModel.of(saved.points());
    if (models.isEmpty()) {
      throw new ConfigurationException(
          "--from: expected at least two setups of one engine and batch size, found fewer; run a larger grid");
    }
    for (ClusterModel model : models) {
      if (given.find(TrainSettings.BATCH_SIZE).map(b -> b == model.batchSize()).orElse(true)) {
        System.out.println(model.sentence());
        System.out.println(
            GridPrediction.of(
                    model,
                    new GridPrediction.Question(
                        workers,
                        images,
                        given.find(TrainSettings.ROUNDS_PER_EPOCH).orElse(4),
                        given.find(BANDWIDTH).orElse(0.0),
                        saved.crossedANetwork()))
                .sentence());
      }
    }
  }

  private static double bitsPerSecond(String text) {
    String written = text.trim().toLowerCase(Locale.ROOT);
    for (String unit : List.of("gbit", "mbit", "kbit")) {
      if (written.endsWith(unit)) {
        String number = written.substring(0, written.length() - unit.length());
        double factor = unit.equals("gbit") ? 1e9 : unit.equals("mbit") ? 1e6 : 1e3;
        return ValueReader.aboveZero().read(number) * factor;
      }
    }
    throw new IllegalArgumentException(
        "expected a bandwidth such as 10gbit or 800mbit, found '" + text + "'");
  }
}
