package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingReason;
import org.shardmean.settings.TrainSettings;

/**
 * A setting as the report lists it.
 *
 * @param name in {@code result.json}
 * @param option on the command line
 * @param reason why it was derived so; empty when it was given or is the default
 * @param byDefault what the default preset would choose; empty where that is the same
 */
record ResolvedSetting(
    String name, String option, String value, String reason, Optional<String> byDefault) {
  ResolvedSetting {
    requireNonNull(byDefault, "byDefault");
  }

  /** All settings, each with its reason where {@code reasons} has its line. */
  static List<ResolvedSetting> of(RunConfig config, List<String> reasons) {
    return TrainSettings.OF_A_RUN.stream().map(setting -> of(setting, config, reasons)).toList();
  }

  private static ResolvedSetting of(Setting<?> setting, RunConfig config, List<String> reasons) {
    Optional<SettingReason> reason = SettingReason.find(reasons, setting);
    return new ResolvedSetting(
        setting.key(),
        setting.option(),
        setting.writtenIn(config),
        reason.map(SettingReason::reason).orElse(""),
        reason.flatMap(SettingReason::byDefault));
  }

  /** Reasons that belong to none of the settings. */
  static List<String> otherReasons(List<String> reasons) {
    return reasons.stream()
        .filter(
            reason ->
                TrainSettings.OF_A_RUN.stream()
                    .allMatch(setting -> SettingReason.find(List.of(reason), setting).isEmpty()))
        .toList();
  }
}
