package org.shardmean.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Why a setting that nobody gave has its value. It is kept and shown as a line: {@code name =
 * value: reason}, and where the default preset would choose otherwise, {@code name = value: reason
 * (--preset auto: other)}.
 *
 * @param name of the setting
 * @param value as a command line has it
 * @param reason for people
 * @param byDefault what the default preset would choose; empty where that is the same
 */
public record SettingReason(String name, String value, String reason, Optional<String> byDefault) {
  private static final String EQUALS = " = ";
  private static final String BECAUSE = ": ";
  private static final String BY_DEFAULT =
      " (" + TrainSettings.PRESET.option() + " " + ValueReader.written(Preset.AUTO) + BECAUSE;
  private static final String END = ")";

  public SettingReason {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    requireNonNull(reason, "reason");
    requireNonNull(byDefault, "byDefault");
  }

  /** Reads a line; empty where it is none of a setting. */
  public static Optional<SettingReason> parse(String line) {
    int equals = line.indexOf(EQUALS);
    int because = equals < 0 ? -1 : line.indexOf(BECAUSE, equals + EQUALS.length());
    if (because < 0) {
      return Optional.empty();
    }
    String name = line.substring(0, equals);
    String value = line.substring(equals + EQUALS.length(), because);
    String words = line.substring(because + BECAUSE.length());
    int other = words.endsWith(END) ? words.lastIndexOf(BY_DEFAULT) : -1;
    return Optional.of(
        other < 0
            ? new SettingReason(name, value, words, Optional.empty())
            : new SettingReason(
                name,
                value,
                words.substring(0, other),
                Optional.of(
                    words.substring(other + BY_DEFAULT.length(), words.length() - END.length()))));
  }

  /** The line of a setting; empty where none of the lines is of it. */
  public static Optional<SettingReason> find(List<String> lines, Setting<?> setting) {
    return lines.stream()
        .flatMap(line -> parse(line).stream())
        .filter(reason -> reason.name().equals(setting.name()))
        .findFirst();
  }

  /** As it is kept and shown. */
  public String line() {
    return "%s = %s: %s".formatted(name, value, inWords());
  }

  /** The reason, and what the default preset would choose. */
  public String inWords() {
    return reason + byDefault.map(other -> BY_DEFAULT + other + END).orElse("");
  }
}
