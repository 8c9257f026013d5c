package org.shardmean.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.shardmean.run.ConfigurationException;

/** What was given, wherever it was written: the first layer that has a setting decides. */
final class GivenSettings {
  private final List<Map<String, Written>> layers;

  /**
   * @param layers the strongest first; each by the settings' names
   */
  GivenSettings(List<Map<String, Written>> layers) {
    this.layers = layers.stream().map(Map::copyOf).toList();
  }

  /** As these, with settings that go before all of them. */
  GivenSettings under(Map<String, Written> stronger) {
    return new GivenSettings(Stream.concat(Stream.of(stronger), layers.stream()).toList());
  }

  /** A setting's value; none if it was not given. */
  <T> Optional<T> find(Setting<T> setting) {
    return written(setting).map(written -> setting.reader().read(written.text()));
  }

  /** The value of a setting that was given, or has a default. */
  <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () -> new NoSuchElementException("%s has no default".formatted(setting.option())));
  }

  /** Whether a flag was given. */
  boolean isOn(Setting<Boolean> flag) {
    return find(flag).orElse(false);
  }

  /** Whether a setting was named on the command line itself, not in a file. */
  boolean isOnCommandLine(Setting<?> setting) {
    return written(setting).map(Written::where).stream().anyMatch(setting.option()::equals);
  }

  /**
   * Reads every setting once.
   *
   * @return the problems, one line each; after none, {@link #find} does not fail
   */
  List<String> problems(List<SettingGroup> groups) {
    List<String> problems = new ArrayList<>();
    for (SettingGroup group : groups) {
      group.settings().forEach(setting -> problem(setting).ifPresent(problems::add));
    }
    return problems;
  }

  /**
   * A setting's problem as a line of a {@link ConfigurationException}.
   *
   * @param what expected, found, remedy
   */
  String problemWith(Setting<?> setting, String what) {
    return written(setting).map(Written::where).orElse(setting.option()) + ": " + what;
  }

  private Optional<String> problem(Setting<?> setting) {
    try {
      find(setting);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(problemWith(setting, e.getMessage()));
    }
  }

  private Optional<Written> written(Setting<?> setting) {
    return layers.stream()
        .filter(layer -> layer.containsKey(setting.name()))
        .map(layer -> layer.get(setting.name()))
        .findFirst();
  }
}
