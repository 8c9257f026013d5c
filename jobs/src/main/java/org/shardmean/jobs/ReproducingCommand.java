package org.shardmean.jobs;

import static org.shardmean.jobs.ValueReader.written;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.shardmean.average.AveragingSettings;
import org.shardmean.run.RunConfig;
import org.shardmean.train.LocalSettings;

/** The command line that repeats a run, whatever the defaults, the preset and the cluster are. */
final class ReproducingCommand {
  private ReproducingCommand() {}

  static String of(RunConfig config) {
    return settings(config).entrySet().stream()
        .map(setting -> " " + setting.getKey().option() + " " + quoted(setting.getValue()))
        .collect(Collectors.joining("", "deploy/submit train", ""));
  }

  private static Map<Setting<?>, Object> settings(RunConfig config) {
    Map<Setting<?>, Object> settings = new LinkedHashMap<>();
    settings.put(DataSettings.DATA, config.data());
    settings.put(DataSettings.VALIDATION, config.validation().written());
    settings.put(ModelSettings.LAYERS, config.model().written());
    settings.put(ModelSettings.HIDDEN_ACTIVATION, written(config.model().hidden()));
    settings.put(TrainingSettings.EPOCHS, config.epochs());
    putLocal(settings, config.local());
    settings.put(TrainingSettings.SEED, config.seed());
    settings.put(TrainingSettings.PATIENCE, config.patience());
    putAveraging(settings, config.averaging());
    settings.put(OutputSettings.NAME, config.name());
    settings.put(OutputSettings.CHECKPOINT_EVERY, config.checkpointEvery());
    settings.put(OutputSettings.LANG, config.language());
    return settings;
  }

  private static void putLocal(Map<Setting<?>, Object> settings, LocalSettings local) {
    settings.put(TrainingSettings.BATCH_SIZE, local.batchSize());
    settings.put(TrainingSettings.OPTIMIZER, written(local.optimizer()));
    settings.put(TrainingSettings.LEARNING_RATE, local.rate().peak());
    settings.put(TrainingSettings.SCHEDULE, written(local.rate().schedule()));
    settings.put(TrainingSettings.WARMUP, local.rate().warmup());
    settings.put(TrainingSettings.WEIGHT_DECAY, local.weightDecay());
    settings.put(TrainingSettings.LABEL_SMOOTHING, local.labelSmoothing());
    settings.put(TrainingSettings.INPUT_DROPOUT, local.inputDropout());
    settings.put(TrainingSettings.ENGINE, written(local.engine()));
  }

  private static void putAveraging(Map<Setting<?>, Object> settings, AveragingSettings averaging) {
    settings.put(OuterSettings.WORKERS, averaging.workers());
    settings.put(OuterSettings.ROUNDS_PER_EPOCH, averaging.roundsPerEpoch());
    settings.put(OuterSettings.OUTER, written(averaging.outer()));
    settings.put(OuterSettings.OUTER_RATE, averaging.outerRate());
    settings.put(OuterSettings.OUTER_MOMENTUM, averaging.outerMomentum());
    settings.put(OuterSettings.MOMENTS, written(averaging.moments()));
    settings.put(OuterSettings.RESHUFFLE, averaging.reshuffle());
  }

  /** As a POSIX shell takes it for one word. */
  private static String quoted(Object value) {
    String text = String.valueOf(value);
    return text.matches("[A-Za-z0-9._/:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
