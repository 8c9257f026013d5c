package org.shardmean.report;

import java.util.List;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;

/**
 * A setting as the report lists it.
 *
 * @param name in {@code result.json}
 * @param option on the command line
 * @param reason why it was derived so; empty when it was given or is the default
 */
record ResolvedSetting(String name, String option, String value, String reason) {

  /**
   * All settings, each with its reason where {@code reasons} has a line {@code name = value: …}.
   */
  static List<ResolvedSetting> of(RunConfig config, List<String> reasons) {
    return TrainSettings.OF_A_RUN.stream().map(setting -> of(setting, config, reasons)).toList();
  }

  private static ResolvedSetting of(Setting<?> setting, RunConfig config, List<String> reasons) {
    return new ResolvedSetting(
        setting.key(),
        setting.option(),
        setting.writtenIn(config),
        reasons.stream()
            .filter(reason -> isOf(reason, setting))
            .map(reason -> reason.substring(reason.indexOf(':') + 1).trim())
            .findFirst()
            .orElse(""));
  }

  /** Reasons that belong to none of the settings. */
  static List<String> otherReasons(List<String> reasons) {
    return reasons.stream()
        .filter(
            reason -> TrainSettings.OF_A_RUN.stream().noneMatch(setting -> isOf(reason, setting)))
        .toList();
  }

  private static boolean isOf(String reason, Setting<?> setting) {
    return reason.startsWith(setting.name() + " = ");
  }
}
