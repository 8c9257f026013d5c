package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shardmean.run.RunConfig;

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
    List<ResolvedSetting> settings = new ArrayList<>();
    for (Map.Entry<String, Object> setting : ResolvedSettings.of(config).entrySet()) {
      String name = setting.getKey();
      settings.add(
          new ResolvedSetting(
              name,
              ResolvedSettings.option(name),
              String.valueOf(setting.getValue()),
              reasons.stream()
                  .filter(reason -> isOf(reason, name))
                  .map(ResolvedSetting::because)
                  .findFirst()
                  .orElse("")));
    }
    return List.copyOf(settings);
  }

  /** Reasons that belong to none of the settings. */
  static List<String> otherReasons(RunConfig config, List<String> reasons) {
    return reasons.stream()
        .filter(
            reason -> ResolvedSettings.of(config).keySet().stream().noneMatch(n -> isOf(reason, n)))
        .toList();
  }

  private static boolean isOf(String reason, String name) {
    int equals = reason.indexOf('=');
    return equals > 0 && bare(reason.substring(0, equals)).equals(bare(name));
  }

  private static String because(String reason) {
    int colon = reason.indexOf(':');
    return reason.substring(colon + 1).trim();
  }

  /** {@code batchSize}, {@code --batch-size} and {@code batch size} are one name. */
  private static String bare(String name) {
    return name.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }
}
