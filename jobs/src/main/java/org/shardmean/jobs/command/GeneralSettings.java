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

  static final Setting<LogLevel> LOG_LEVEL =
      Setting.oneOf(
          "log-level",
          "LEVEL",
          LogLevel.class,
          "What the driver logs, by Spark and by this program."
              + " Default: warn for Spark, info for this program");

  static final Setting<LogFormat> LOG_FORMAT =
      Setting.oneOf(
              "log-format",
              "NAME",
              LogFormat.class,
              "How the driver's log is written to standard error: lines for people, or an object of"
                  + " JSON in each line")
          .withDefault(LogFormat.TEXT);

  public static final SettingGroup GENERAL =
      new SettingGroup("General", List.of(CONFIG, STACKTRACE, LOG_LEVEL, LOG_FORMAT));

  /** From which level on something is logged. */
  enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** How a log is written. */
  enum LogFormat {
    TEXT,
    JSON
  }

  private GeneralSettings() {}
}
