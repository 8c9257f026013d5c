package org.shardmean.jobs;

import java.util.List;
import org.shardmean.train.EngineKind;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;

/** How each worker trains between two averagings. */
final class TrainingSettings {
  static final Setting<Integer> EPOCHS =
      Setting.of(
          "epochs", "N", ValueReader.wholeNumber(1), "How often every training image is seen.");

  static final Setting<Integer> BATCH_SIZE =
      Setting.of(
          "batch-size",
          "N",
          ValueReader.wholeNumber(1),
          "Images in a minibatch; at most as many as the smallest shard has.");

  static final Setting<Optimizer> OPTIMIZER =
      Setting.oneOf("optimizer", "NAME", Optimizer.class, "How a gradient becomes a step");

  static final Setting<Double> LEARNING_RATE =
      Setting.of(
          "learning-rate",
          "RATE",
          ValueReader.aboveZero(),
          "The highest learning rate of the run.");

  static final Setting<Schedule> SCHEDULE =
      Setting.oneOf("schedule", "NAME", Schedule.class, "How the rate moves after the warm-up");

  static final Setting<Double> WARMUP =
      Setting.of(
          "warmup",
          "SHARE",
          ValueReader.share(),
          "The share of the run over which the rate rises from 0.");

  static final Setting<Double> WEIGHT_DECAY =
      Setting.of(
          "weight-decay",
          "DECAY",
          ValueReader.share(),
          "Decoupled weight decay: each step also takes rate x DECAY of every weight off it.");

  static final Setting<Double> LABEL_SMOOTHING =
      Setting.of(
          "label-smoothing",
          "SHARE",
          ValueReader.share(),
          "The share of each label that is spread over all classes.");

  static final Setting<Double> INPUT_DROPOUT =
      Setting.of(
          "input-dropout",
          "CHANCE",
          ValueReader.share(),
          "The chance that a pixel is left out of a training step.");

  static final Setting<Long> SEED =
      Setting.of(
          "seed",
          "N",
          ValueReader.anyWholeNumber(),
          "What every draw is derived from; the same seed and workers give the same bits.");

  static final Setting<EngineKind> ENGINE =
      Setting.oneOf("engine", "NAME", EngineKind.class, "What computes a training step");

  static final Setting<Integer> PATIENCE =
      Setting.of(
          "patience",
          "EPOCHS",
          ValueReader.wholeNumber(0),
          "Epochs without a better validation accuracy before the run stops; 0 never stops.");

  static final Setting<Preset> PRESET =
      Setting.oneOf(
          "preset",
          "NAME",
          Preset.class,
          "What chooses the training and averaging settings that are not given");

  static final SettingGroup TRAINING =
      new SettingGroup(
          "Training (what has no default here is chosen by --preset)",
          List.of(
              EPOCHS,
              BATCH_SIZE,
              OPTIMIZER,
              LEARNING_RATE,
              SCHEDULE,
              WARMUP,
              WEIGHT_DECAY,
              LABEL_SMOOTHING,
              INPUT_DROPOUT,
              SEED,
              ENGINE,
              PATIENCE,
              PRESET));

  private TrainingSettings() {}
}
