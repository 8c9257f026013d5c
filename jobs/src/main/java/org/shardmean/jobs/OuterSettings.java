package org.shardmean.jobs;

import java.util.List;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;

/** How the workers' results are brought together. */
final class OuterSettings {
  static final Setting<Integer> WORKERS =
      Setting.of(
          "workers",
          "K",
          ValueReader.wholeNumber(1),
          "Logical workers: shards of the training images, each training its own copy.",
          "Default: the cluster's cores.");

  static final Setting<Integer> ROUNDS_PER_EPOCH =
      Setting.of("rounds-per-epoch", "N", ValueReader.wholeNumber(1), "Averagings in an epoch.");

  static final Setting<OuterKind> OUTER =
      Setting.oneOf(
          "outer", "NAME", OuterKind.class, "What the driver makes of the workers' average");

  static final Setting<Double> OUTER_RATE =
      Setting.of(
          "outer-rate",
          "RATE",
          ValueReader.aboveZero(),
          "How much of the averaged difference is taken; 1 takes it all.");

  static final Setting<Double> OUTER_MOMENTUM =
      Setting.of(
          "outer-momentum",
          "SHARE",
          ValueReader.share(),
          "How much of the last averaged difference goes on, for momentum and nesterov.");

  static final Setting<MomentPolicy> MOMENTS =
      Setting.oneOf(
          "moments",
          "NAME",
          MomentPolicy.class,
          "What becomes of the optimizer's moments at an averaging");

  static final Setting<Boolean> RESHUFFLE =
      Setting.flag("reshuffle", "Deal the images out to the workers anew each epoch.");

  static final SettingGroup AVERAGING =
      new SettingGroup(
          "Averaging (what has no default here is chosen by --preset)",
          List.of(
              WORKERS, ROUNDS_PER_EPOCH, OUTER, OUTER_RATE, OUTER_MOMENTUM, MOMENTS, RESHUFFLE));

  private OuterSettings() {}
}
