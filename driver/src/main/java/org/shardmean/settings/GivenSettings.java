package org.shardmean.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.shardmean.run.ConfigurationException;

/**
 * Settings as people gave them, in layers such as the command line and a file: the first layer that
 * has a setting decides. Nothing is read until it is asked for.
 */
public final class GivenSettings {
  /** Nothing given: every setting has its default. */
  public static final GivenSettings NONE = new GivenSettings(List.of());

  private final List<Map<String, Written>> layers;
  private final List<Map<String, Written>> defaults;

  /**
   * @param layers the strongest first; each by the settings' names; copied
   */
  public GivenSettings(List<Map<String, Written>> layers) {
    this(layers, List.of());
  }

  /**
   * @param layers the strongest first; each by the settings' names; copied
   * @param defaults layers beneath them that hold a user's defaults, likewise
   */
  public GivenSettings(
      List<Map<String, Written>> layers, List<? extends Map<String, Written>> defaults) {
    this.layers = layers.stream().map(Map::copyOf).toList();
    this.defaults = defaults.stream().map(Map::copyOf).toList();
  }

  /** These settings, with others that go before all of them. */
  public GivenSettings under(Map<String, Written> stronger) {
    return new GivenSettings(
        Stream.concat(Stream.of(stronger), layers.stream()).toList(), defaults);
  }

  /** These settings, with others beneath those that were given, but above the user's defaults. */
  public GivenSettings over(Map<String, Written> weaker) {
    return new GivenSettings(Stream.concat(layers.stream(), Stream.of(weaker)).toList(), defaults);
  }

  /** Whether somebody gave the setting for this run, rather than as a default of all runs. */
  public boolean isGiven(Setting<?> setting) {
    return layers.stream().anyMatch(layer -> layer.containsKey(setting.name()));
  }

  /** These settings, with one that goes before all of them. */
  public <T> GivenSettings under(Setting<T> setting, T value, String where) {
    String text = String.valueOf(setting.reader().plain(value));
    return under(Map.of(setting.name(), new Written(text, where)));
  }

  /**
   * A setting's value: the one given, or its default; none where it has neither.
   *
   * @throws IllegalArgumentException if the text that was given is no such value
   */
  public <T> Optional<T> find(Setting<T> setting) {
    return written(setting)
        .map(written -> setting.reader().read(written.text()))
        .or(setting::standard);
  }

  /**
   * The value of a setting that was given, or has a default.
   *
   * @throws NoSuchElementException if it has neither
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () -> new NoSuchElementException("%s has no default".formatted(setting.option())));
  }

  /** Whether a flag is on. */
  public boolean isOn(Setting<Boolean> flag) {
    return find(flag).orElse(false);
  }

  /** Whether a setting was named on the command line itself, not in a file. */
  public boolean isOnCommandLine(Setting<?> setting) {
    return written(setting).map(Written::where).stream().anyMatch(setting.option()::equals);
  }

  /**
   * Reads every setting once.
   *
   * @return the problems, one line each; after none, {@link #find} does not fail
   */
  public List<String> problems(List<SettingGroup> groups) {
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
  public String problemWith(Setting<?> setting, String what) {
    return written(setting).map(Written::where).orElse(setting.option()) + ": " + what;
  }

  /** Whether its value is that of the run that is gone on with. */
  boolean isOfRun(Setting<?> setting) {
    return written(setting).filter(Written::isOfRun).isPresent();
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
    return Stream.concat(layers.stream(), defaults.stream())
        .filter(layer -> layer.containsKey(setting.name()))
        .map(layer -> layer.get(setting.name()))
        .findFirst();
  }
}
