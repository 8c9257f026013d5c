package org.shardmean.settings;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.shardmean.model.ModelOrigin;
import org.shardmean.run.BuildInfo;
import org.shardmean.run.Environment;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;

/** From a run's record to what its model says of itself, and back to settings. */
public final class RecordedOrigin {
  private RecordedOrigin() {}

  /** What the model of a run says of itself. */
  public static ModelOrigin of(RunRecord run, Optional<ModelOrigin.Parent> parent) {
    return new ModelOrigin(
        ValueReader.written(run.status()),
        run.command(),
        Setting.texts(TrainSettings.OF_A_RUN, setting -> setting.writtenIn(run.config())),
        run.data().name(),
        run.data().checksum(),
        metrics(run),
        versions(run.environment()),
        parent);
  }

  /** Whether a training ended as its settings say, so that it can be repeated from them. */
  public static boolean isWhole(ModelOrigin origin) {
    return origin.status().equals(ValueReader.written(RunStatus.COMPLETED))
        || origin.status().equals(ValueReader.written(RunStatus.STOPPED_EARLY));
  }

  /**
   * The settings of a training, to be laid beneath those that are given.
   *
   * @throws IllegalArgumentException if they are not those of this program's trainings; the message
   *     names one
   */
  public static Map<String, Written> settings(ModelOrigin origin) {
    for (Setting<?> setting : TrainSettings.OF_A_RUN) {
      TrainSettings.rewritten(setting, origin.settings().get(setting.name()));
    }
    SortedMap<String, String> unknown = new TreeMap<>(origin.settings());
    TrainSettings.OF_A_RUN.forEach(setting -> unknown.remove(setting.name()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("the setting %s is unknown".formatted(unknown.firstKey()));
    }
    return origin.settings().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> new Written(entry.getValue(), "the model's " + entry.getKey())));
  }

  /** Of the epoch whose parameters were kept; those that are not finite are left out. */
  private static SortedMap<String, Double> metrics(RunRecord run) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    run.kept()
        .ifPresent(
            epoch -> {
              metrics.put("epoch", (double) epoch.epoch());
              metrics.put("trainLoss", epoch.training().loss());
              metrics.put("trainAccuracy", epoch.training().accuracy());
              metrics.put("validationLoss", epoch.validation().loss());
              metrics.put("validationAccuracy", epoch.validation().accuracy());
            });
    run.test()
        .ifPresent(
            test -> {
              metrics.put("testLoss", test.loss());
              metrics.put("testAccuracy", test.accuracy());
            });
    metrics.values().removeIf(figure -> !Double.isFinite(figure));
    return metrics;
  }

  private static SortedMap<String, String> versions(Environment environment) {
    return Collections.unmodifiableSortedMap(
        new TreeMap<>(
            Map.of(
                "shardmean", BuildInfo.read().version(),
                "commit", environment.gitCommit(),
                "java", environment.java(),
                "spark", environment.spark(),
                "os", environment.os(),
                "processor", environment.processor())));
  }
}
