package org.shardmean.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.shardmean.average.AveragingSettings;
import org.shardmean.run.RunConfig;
import org.shardmean.train.LocalSettings;

/**
 * Every resolved setting of a run under its name in {@code result.json}: the option's name without
 * its hyphens, {@code --batch-size} as {@code batchSize}. Values are strings, numbers and booleans.
 */
final class ResolvedSettings {
  private ResolvedSettings() {}

  /** In the order in which people read them. */
  static Map<String, Object> of(RunConfig config) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", config.name());
    settings.put("data", config.data());
    settings.put("validation", config.validation().written());
    settings.put("layers", config.model().written());
    settings.put("hiddenActivation", written(config.model().hidden()));
    settings.put("epochs", config.epochs());
    addLocal(settings, config.local());
    addAveraging(settings, config.averaging());
    settings.put("patience", config.patience());
    settings.put("checkpointEvery", config.checkpointEvery());
    settings.put("seed", config.seed());
    settings.put("lang", config.language());
    return settings;
  }

  /** The option a setting is given with: {@code batchSize} as {@code --batch-size}. */
  static String option(String setting) {
    return "--" + setting.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** A constant as it is written on the command line: {@code ONE_CYCLE} as {@code one-cycle}. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void addLocal(Map<String, Object> settings, LocalSettings local) {
    settings.put("engine", written(local.engine()));
    settings.put("optimizer", written(local.optimizer()));
    settings.put("learningRate", local.rate().peak());
    settings.put("schedule", written(local.rate().schedule()));
    settings.put("warmup", local.rate().warmup());
    settings.put("batchSize", local.batchSize());
    settings.put("weightDecay", local.weightDecay());
    settings.put("labelSmoothing", local.labelSmoothing());
    settings.put("inputDropout", local.inputDropout());
  }

  private static void addAveraging(Map<String, Object> settings, AveragingSettings averaging) {
    settings.put("workers", averaging.workers());
    settings.put("roundsPerEpoch", averaging.roundsPerEpoch());
    settings.put("outer", written(averaging.outer()));
    settings.put("outerRate", averaging.outerRate());
    settings.put("outerMomentum", averaging.outerMomentum());
    settings.put("moments", written(averaging.moments()));
    settings.put("reshuffle", averaging.reshuffle());
  }
}
