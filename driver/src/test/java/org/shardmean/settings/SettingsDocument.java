package org.shardmean.settings;

import java.util.stream.Collectors;

/** {@code docs/settings.md}, from the declarations. */
final class SettingsDocument {
  private SettingsDocument() {}

  static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # Settings of a training

            Written from their declarations in `TrainSettings`; a test holds this page to them. On the \
            command line a setting is `--batch-size 32`, in a properties file `batch-size = 32`, in Java \
            `Training.set("batch-size", "32")`, in `result.json` `"batchSize": 32`.
            """);
    for (SettingGroup group : TrainSettings.GROUPS) {
      text.append("\n## ").append(group.heading()).append("\n\n");
      text.append("| setting | what it does | values | if it is not given |\n|---|---|---|---|\n");
      group.settings().forEach(setting -> text.append(row(setting)));
    }
    return text.toString();
  }

  private static String row(Setting<?> setting) {
    return "| `%s` | %s | %s | %s |%n"
        .formatted(
            setting.name(),
            String.join(" ", setting.help()).replace("|", "\\|"),
            values(setting),
            setting.isFlag()
                ? "off"
                : setting.defaultInWords().map(SettingsDocument::code).orElse("–"))
        .replace("\r", "");
  }

  private static String code(String words) {
    return words.contains(" ") ? words : "`" + words + "`";
  }

  private static String values(Setting<?> setting) {
    var schema = setting.reader().schema();
    if (schema.get("enum") instanceof java.util.List<?> names) {
      return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
    String type =
        switch (String.valueOf(schema.get("type"))) {
          case "integer" -> "whole number";
          case "boolean" -> "on or off";
          case "number" -> "number";
          default -> "text";
        };
    StringBuilder bounds = new StringBuilder(type);
    append(bounds, " from ", schema.get("minimum"));
    append(bounds, " above ", schema.get("exclusiveMinimum"));
    append(bounds, " below ", schema.get("exclusiveMaximum"));
    return bounds.toString();
  }

  private static void append(StringBuilder text, String word, Object bound) {
    if (bound != null) {
      text.append(word).append(bound);
    }
  }
}
