package org.shardmean.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.average.AveragingSettings;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.AutoPreset;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataShape;
import org.shardmean.run.Derived;
import org.shardmean.run.RunConfig;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;

/** One resolution: checks what was given against the data, and derives what was not. */
final class RunResolution {
  private static final List<Integer> HIDDEN_LAYERS = List.of(128, 64);

  private final GivenSettings given;
  private final String dataOption;
  private final DataShape data;
  private final List<String> problems = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  RunResolution(GivenSettings given, String dataOption, DataShape data) {
    this.given = given;
    this.dataOption = dataOption;
    this.data = data;
  }

  ResolvedRun resolve(int cores) {
    refuseCheckpoints();
    List<Integer> layers = layers();
    int workers = workers(cores);
    AutoPreset preset = preset(workers);
    LocalSettings local = local(preset, workers);
    AveragingSettings averaging = averaging(preset, workers, local.batchSize());
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    RunConfig config =
        new RunConfig(
            given.get(OutputSettings.NAME),
            dataOption,
            given.get(DataSettings.VALIDATION),
            new ModelSpec(layers, given.get(ModelSettings.HIDDEN_ACTIVATION)),
            given.get(TrainingSettings.EPOCHS),
            local,
            averaging,
            given.get(TrainingSettings.PATIENCE),
            given.get(OutputSettings.CHECKPOINT_EVERY),
            given.get(TrainingSettings.SEED),
            given.get(OutputSettings.LANG));
    return new ResolvedRun(config, reasons);
  }

  /** The names are taken so that every job agrees on them; what they mean is not there yet. */
  private void refuseCheckpoints() {
    if (given.get(OutputSettings.CHECKPOINT_EVERY) > 0) {
      problem(OutputSettings.CHECKPOINT_EVERY, "expected 0, checkpoints are not written yet");
    }
    if (given.isOn(OutputSettings.RESUME)) {
      problem(
          OutputSettings.RESUME,
          "expected a run from the beginning, checkpoints are not written yet; leave it out");
    }
  }

  private List<Integer> layers() {
    Optional<List<Integer>> layers = given.find(ModelSettings.LAYERS);
    layers.ifPresent(this::checkLayers);
    return layers.orElseGet(this::deriveLayers);
  }

  private void checkLayers(List<Integer> layers) {
    String remedy = "; leave --layers out to have it follow the data";
    int inputs = layers.get(0);
    if (inputs != data.inputs()) {
      problem(
          ModelSettings.LAYERS,
          "expected %d inputs first, the pixels of an image, found %d"
                  .formatted(data.inputs(), inputs)
              + remedy);
    }
    int outputs = layers.get(layers.size() - 1);
    if (outputs != data.classes()) {
      problem(
          ModelSettings.LAYERS,
          "expected %d outputs last, the classes of the data, found %d"
                  .formatted(data.classes(), outputs)
              + remedy);
    }
  }

  private List<Integer> deriveLayers() {
    List<Integer> layers = new ArrayList<>();
    layers.add(data.inputs());
    layers.addAll(HIDDEN_LAYERS);
    layers.add(data.classes());
    return layers;
  }

  private int workers(int cores) {
    Optional<Integer> workers = given.find(OuterSettings.WORKERS);
    if (workers.isEmpty()) {
      int derived = Math.min(cores, data.trainExamples());
      reason(
          OuterSettings.WORKERS,
          derived,
          derived == cores ? "the cluster's cores" : "the training images");
      return derived;
    }
    if (workers.get() > data.trainExamples()) {
      problem(
          OuterSettings.WORKERS,
          "expected at most %d, the training images, found %d; give fewer workers or more images"
              .formatted(data.trainExamples(), workers.get()));
    }
    return workers.get();
  }

  private AutoPreset preset(int workers) {
    return given
        .get(TrainingSettings.PRESET)
        .derive(
            workers,
            given.get(TrainingSettings.EPOCHS),
            Math.max(workers, data.trainExamples()),
            given.find(OuterSettings.ROUNDS_PER_EPOCH),
            given.find(TrainingSettings.BATCH_SIZE));
  }

  private LocalSettings local(AutoPreset preset, int workers) {
    return new LocalSettings(
        given.get(TrainingSettings.ENGINE),
        choose(TrainingSettings.OPTIMIZER, preset.optimizer()),
        new LearningRate(
            choose(TrainingSettings.SCHEDULE, preset.schedule()),
            choose(TrainingSettings.LEARNING_RATE, preset.peak()),
            choose(TrainingSettings.WARMUP, preset.warmup())),
        batchSize(preset, workers),
        choose(TrainingSettings.WEIGHT_DECAY, preset.weightDecay()),
        choose(TrainingSettings.LABEL_SMOOTHING, preset.labelSmoothing()),
        choose(TrainingSettings.INPUT_DROPOUT, preset.inputDropout()));
  }

  private int batchSize(AutoPreset preset, int workers) {
    int smallestShard = smallestShard(workers);
    int batchSize = choose(TrainingSettings.BATCH_SIZE, preset.batchSize());
    if (batchSize > smallestShard) {
      problem(
          TrainingSettings.BATCH_SIZE,
          "expected at most %d, the images of the smallest of %d shards, found %d; give a smaller batch or fewer workers"
              .formatted(smallestShard, workers, batchSize));
    }
    return batchSize;
  }

  private AveragingSettings averaging(AutoPreset preset, int workers, int batchSize) {
    return new AveragingSettings(
        workers,
        roundsPerEpoch(preset, workers, batchSize),
        choose(OuterSettings.OUTER, preset.outer()),
        choose(OuterSettings.OUTER_RATE, preset.outerRate()),
        choose(OuterSettings.OUTER_MOMENTUM, preset.outerMomentum()),
        choose(OuterSettings.MOMENTS, preset.moments()),
        given.isOn(OuterSettings.RESHUFFLE));
  }

  private int roundsPerEpoch(AutoPreset preset, int workers, int batchSize) {
    int batches = (smallestShard(workers) + batchSize - 1) / batchSize;
    int rounds = choose(OuterSettings.ROUNDS_PER_EPOCH, preset.roundsPerEpoch());
    if (rounds > batches) {
      problem(
          OuterSettings.ROUNDS_PER_EPOCH,
          "expected at most %d, the batches of the smallest of %d shards, found %d; give fewer rounds, a smaller batch or fewer workers"
              .formatted(batches, workers, rounds));
    }
    return rounds;
  }

  /** What was given; else what was derived, with its reason. */
  private <T> T choose(Setting<T> setting, Derived<T> derived) {
    Optional<T> value = given.find(setting);
    if (value.isEmpty()) {
      reason(setting, derived.value(), derived.reason());
    }
    return value.orElse(derived.value());
  }

  private int smallestShard(int workers) {
    return Math.max(1, data.trainExamples() / workers);
  }

  private void problem(Setting<?> setting, String what) {
    problems.add(given.problemWith(setting, what));
  }

  private void reason(Setting<?> setting, Object value, String why) {
    Object written = value instanceof Enum<?> constant ? ValueReader.written(constant) : value;
    reasons.add("%s = %s: %s".formatted(setting.name(), written, why));
  }
}
