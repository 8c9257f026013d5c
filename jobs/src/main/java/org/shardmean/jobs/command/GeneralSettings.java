package org.shardmean.jobs.command;

import java.util.List;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.ValueReader;

/** What every job takes. */
public final class GeneralSettings {
  static final Setting<String> CONFIG =
      Setting.of(
          "config",
          "FILE",
          ValueReader.text(),
          "A file of properties such as 'epochs = 5', named as these options are, without dashes.",
          "The command line overrides it; it overrides conf/defaults.properties.");

  public static final Setting<Boolean> STACKTRACE =
      Setting.flag("stacktrace", "Show the stack trace of an error.");

  public static final SettingGroup GENERAL =
      new SettingGroup("General", List.of(CONFIG, STACKTRACE));

  private GeneralSettings() {}
}
