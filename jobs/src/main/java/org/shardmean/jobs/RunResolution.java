package org.shardmean.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.average.AveragingSettings;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataShape;
import org.shardmean.run.RunConfig;
import org.shardmean.train.EngineKind;
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
    LocalSettings local = local(workers);
    AveragingSettings averaging = averaging(workers, local.batchSize());
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

  private LocalSettings local(int workers) {
    EngineKind engine = given.get(TrainingSettings.ENGINE);
    LocalSettings preset = given.get(TrainingSettings.PRESET).local(engine);
    return new LocalSettings(
        engine,
        given.find(TrainingSettings.OPTIMIZER).orElse(preset.optimizer()),
        new LearningRate(
            given.find(TrainingSettings.SCHEDULE).orElse(preset.rate().schedule()),
            given.find(TrainingSettings.LEARNING_RATE).orElse(preset.rate().peak()),
            given.find(TrainingSettings.WARMUP).orElse(preset.rate().warmup())),
        batchSize(workers, preset.batchSize()),
        given.find(TrainingSettings.WEIGHT_DECAY).orElse(preset.weightDecay()),
        given.find(TrainingSettings.LABEL_SMOOTHING).orElse(preset.labelSmoothing()),
        given.find(TrainingSettings.INPUT_DROPOUT).orElse(preset.inputDropout()));
  }

  private int batchSize(int workers, int preset) {
    int smallestShard = smallestShard(workers);
    Optional<Integer> batchSize = given.find(TrainingSettings.BATCH_SIZE);
    if (batchSize.isEmpty() && preset > smallestShard) {
      reason(TrainingSettings.BATCH_SIZE, smallestShard, "the images of the smallest shard");
      return smallestShard;
    }
    if (batchSize.isPresent() && batchSize.get() > smallestShard) {
      problem(
          TrainingSettings.BATCH_SIZE,
          "expected at most %d, the images of the smallest of %d shards, found %d; give a smaller batch or fewer workers"
              .formatted(smallestShard, workers, batchSize.get()));
    }
    return batchSize.orElse(preset);
  }

  private AveragingSettings averaging(int workers, int batchSize) {
    AveragingSettings preset = given.get(TrainingSettings.PRESET).averaging(workers);
    return new AveragingSettings(
        workers,
        roundsPerEpoch(workers, batchSize, preset.roundsPerEpoch()),
        given.find(OuterSettings.OUTER).orElse(preset.outer()),
        given.find(OuterSettings.OUTER_RATE).orElse(preset.outerRate()),
        given.find(OuterSettings.OUTER_MOMENTUM).orElse(preset.outerMomentum()),
        given.find(OuterSettings.MOMENTS).orElse(preset.moments()),
        given.find(OuterSettings.RESHUFFLE).orElse(preset.reshuffle()));
  }

  private int roundsPerEpoch(int workers, int batchSize, int preset) {
    int smallestShard = smallestShard(workers);
    int batches = (smallestShard + batchSize - 1) / batchSize;
    Optional<Integer> rounds = given.find(OuterSettings.ROUNDS_PER_EPOCH);
    if (rounds.isEmpty() && preset > batches) {
      reason(OuterSettings.ROUNDS_PER_EPOCH, batches, "the batches of the smallest shard");
      return batches;
    }
    if (rounds.isPresent() && rounds.get() > batches) {
      problem(
          OuterSettings.ROUNDS_PER_EPOCH,
          "expected at most %d, the batches of the smallest of %d shards, found %d; give fewer rounds, a smaller batch or fewer workers"
              .formatted(batches, workers, rounds.get()));
    }
    return rounds.orElse(preset);
  }

  private int smallestShard(int workers) {
    return Math.max(1, data.trainExamples() / workers);
  }

  private void problem(Setting<?> setting, String what) {
    problems.add(given.problemWith(setting, what));
  }

  private void reason(Setting<?> setting, Object value, String why) {
    reasons.add("%s = %s: %s".formatted(setting.name(), value, why));
  }
}
