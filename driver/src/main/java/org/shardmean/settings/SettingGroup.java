package org.shardmean.settings;

import java.util.List;

/**
 * Settings of one theme, under one heading in help.
 *
 * @param heading such as {@code Training}
 * @param settings in the order of help
 */
public record SettingGroup(String heading, List<Setting<?>> settings) {
  public SettingGroup {
    settings = List.copyOf(settings);
  }

  /** This group without some settings, for a job in which they mean nothing. */
  public SettingGroup without(List<Setting<?>> omitted) {
    return new SettingGroup(
        heading, settings.stream().filter(one -> !omitted.contains(one)).toList());
  }
}
