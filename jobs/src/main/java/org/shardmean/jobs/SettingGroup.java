package org.shardmean.jobs;

import java.util.List;

/**
 * Settings of one theme, under one heading in help.
 *
 * @param heading such as {@code Training}
 * @param settings in the order of help
 */
record SettingGroup(String heading, List<Setting<?>> settings) {
  SettingGroup {
    settings = List.copyOf(settings);
  }
}
