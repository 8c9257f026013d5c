package org.shardmean.jobs;

import java.util.List;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.ValueReader;

/** What a scaling experiment takes. */
final class ScalingSettings {
  static final Setting<String> GRID =
      Setting.of(
          "grid",
          "FILE",
          ValueReader.text(),
          "The experiment: properties such as 'workers = 1, 2, 4'; see conf/experiments.");

  static final Setting<String> OUT =
      Setting.of(
          "out",
          "DIR",
          ValueReader.text(),
          "The grid's folder, on any Hadoop file system; an interrupted grid goes on there.",
          "Default: runs/TIME-NAME.");

  static final Setting<String> HISTORY =
      Setting.of(
              "history",
              "PATH",
              ValueReader.text(),
              "Where all grids are kept, as JSON, on any Hadoop file system.")
          .withDefault("runs/history");

  static final Setting<String> BASELINE =
      Setting.of(
              "baseline",
              "GRID",
              ValueReader.text(),
              "What the grid is compared with: accepted (the last accepted grid of the same name that"
                  + " was run alike), none, or the time at which a grid of the history began.")
          .withDefault("accepted");

  static final Setting<Double> PRICE_PER_CORE_HOUR =
      Setting.of(
          "price-per-core-hour",
          "PRICE",
          ValueReader.aboveZero(),
          "What a core costs an hour, to tell what runs cost; none unless given.");

  static final SettingGroup EXPERIMENT =
      new SettingGroup("Experiment", List.of(GRID, OUT, HISTORY, BASELINE, PRICE_PER_CORE_HOUR));

  private ScalingSettings() {}
}
