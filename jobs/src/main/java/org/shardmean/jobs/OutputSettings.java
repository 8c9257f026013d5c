package org.shardmean.jobs;

import java.util.List;

/** What a run writes, and where. */
final class OutputSettings {
  static final Setting<String> OUT =
      Setting.of(
          "out",
          "DIR",
          ValueReader.text(),
          "The run's folder, on any Hadoop file system.",
          "Default: runs/TIME-NAME.");

  static final Setting<String> NAME =
      Setting.of("name", "TEXT", ValueReader.text(), "The run's name, for people.");

  static final Setting<Boolean> OVERWRITE =
      Setting.flag("overwrite", "Let --out hold another run; it is replaced.");

  static final Setting<Integer> CHECKPOINT_EVERY =
      Setting.of(
          "checkpoint-every",
          "EPOCHS",
          ValueReader.wholeNumber(0),
          "Epochs between checkpoints; 0 for none.");

  static final Setting<Boolean> RESUME =
      Setting.flag("resume", "Go on from the last checkpoint in --out.");

  static final Setting<String> LANG =
      Setting.of("lang", "CODE", ValueReader.text(), "The report's language, such as en.");

  static final SettingGroup RUN_FOLDER =
      new SettingGroup("Output", List.of(OUT, NAME, OVERWRITE, CHECKPOINT_EVERY, RESUME, LANG));

  private OutputSettings() {}
}
