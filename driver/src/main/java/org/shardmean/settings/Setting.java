package org.shardmean.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.shardmean.run.RunConfig;

/**
 * A setting, declared once: {@code --epochs 5} on the command line, {@code epochs = 5} in a
 * properties file, {@code "epochs": 5} in {@code result.json}. Help, the reproducing command, the
 * report and the schema are all derived from its declaration.
 *
 * @param name without dashes in front, such as {@code batch-size}
 * @param label what stands for its value in help; empty for a flag
 * @param reader reads its value, checks its bounds, and writes it
 * @param help lines that say what it does
 * @param standard its value where nobody gives one; empty where it is derived, or stays open
 * @param derivation how it follows from the data, the cluster and other settings where nobody gives
 *     it
 * @param place where a run's configuration holds it; empty for what says how a run is found or
 *     written, such as {@code --out}
 * @param <T> its value
 */
public record Setting<T>(
    String name,
    String label,
    ValueReader<T> reader,
    List<String> help,
    Optional<T> standard,
    Optional<Derivation<T>> derivation,
    Optional<Place<T>> place) {
  private static final String BY_PRESET = "--preset";

  public Setting {
    requireNonNull(name, "name");
    requireNonNull(label, "label");
    requireNonNull(reader, "reader");
    help = List.copyOf(help);
    requireNonNull(standard, "standard");
    requireNonNull(derivation, "derivation");
    requireNonNull(place, "place");
  }

  /**
   * How a setting that nobody gives is found.
   *
   * @param from what it follows from, in a few words for help
   * @param rule finds it, with the reason
   */
  public record Derivation<T>(String from, Function<Situation, Derived<T>> rule) {
    public Derivation {
      requireNonNull(from, "from");
      requireNonNull(rule, "rule");
    }
  }

  /** Where a run's configuration holds a setting. */
  public record Place<T>(
      Function<RunConfig, T> getter, BiFunction<RunConfig, T, RunConfig> wither) {
    public Place {
      requireNonNull(getter, "getter");
      requireNonNull(wither, "wither");
    }
  }

  /** One without a default. */
  public static <T> Setting<T> of(
      String name, String label, ValueReader<T> reader, String... help) {
    return new Setting<>(
        name, label, reader, List.of(help), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** One that is on when it is named, and off otherwise. */
  public static Setting<Boolean> flag(String name, String... help) {
    return of(name, "", ValueReader.flag(), help).withDefault(false);
  }

  /** One whose value is a constant of an enum; help names them all. */
  public static <E extends Enum<E>> Setting<E> oneOf(
      String name, String label, Class<E> type, String help) {
    return of(name, label, ValueReader.oneOf(type), help + ". " + ValueReader.oneOfWritten(type));
  }

  /** This setting with a value that it has where nobody gives one. */
  public Setting<T> withDefault(T value) {
    return new Setting<>(name, label, reader, help, Optional.of(value), derivation, place);
  }

  /** This setting with other help, for a job in which it does less than in {@code train}. */
  public Setting<T> withHelp(String... lines) {
    return new Setting<>(name, label, reader, List.of(lines), standard, derivation, place);
  }

  /** This setting, open where nobody gives it: a job then does what its help says. */
  public Setting<T> withoutDefault() {
    return new Setting<>(name, label, reader, help, Optional.empty(), derivation, place);
  }

  /**
   * This setting, derived where nobody gives it.
   *
   * @param from as {@link Derivation#from}
   */
  public Setting<T> derivedFrom(String from, Function<Situation, Derived<T>> rule) {
    Optional<Derivation<T>> derived = Optional.of(new Derivation<>(from, rule));
    return new Setting<>(name, label, reader, help, standard, derived, place);
  }

  /** This setting, chosen by {@code --preset} where nobody gives it. */
  public Setting<T> byPreset(Function<AutoPreset, Derived<T>> rule) {
    return derivedFrom(BY_PRESET, situation -> rule.apply(situation.preset()));
  }

  /** Whether {@code --preset} chooses it where nobody gives it. */
  public boolean isByPreset() {
    return derivation.filter(rule -> rule.from().equals(BY_PRESET)).isPresent();
  }

  /** This setting, held by a run's configuration. */
  public Setting<T> in(Function<RunConfig, T> getter, BiFunction<RunConfig, T, RunConfig> wither) {
    return new Setting<>(
        name, label, reader, help, standard, derivation, Optional.of(new Place<>(getter, wither)));
  }

  /** Whether it is on or off, and needs no value on the command line. */
  public boolean isFlag() {
    return label.isEmpty();
  }

  /** As on the command line, {@code --batch-size}. */
  public String option() {
    return "--" + name;
  }

  /** As in {@code result.json}, {@code batchSize}. */
  public String key() {
    StringBuilder key = new StringBuilder();
    for (String word : name.split("-", -1)) {
      key.append(
          key.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return key.toString();
  }

  /** What it is without being given, in words; none where it stays open. */
  public Optional<String> defaultInWords() {
    return standard
        .map(value -> String.valueOf(reader.plain(value)))
        .or(() -> derivation.map(Derivation::from));
  }

  /**
   * Its value in a run's configuration, as {@code result.json} has it: a String, a Number or a
   * Boolean.
   *
   * @throws java.util.NoSuchElementException if no configuration holds it
   */
  public Object plainIn(RunConfig config) {
    return reader.plain(place.orElseThrow().getter().apply(config));
  }

  /**
   * Its value in a run's configuration, as a command line has it.
   *
   * @throws java.util.NoSuchElementException if no configuration holds it
   */
  public String writtenIn(RunConfig config) {
    return String.valueOf(plainIn(config));
  }

  /**
   * A value that a file holds, as a command line has it: equal values are written alike, such as
   * 0.1 and 1e-1.
   *
   * @param plain a text, number or truth value; null where the file has none
   * @throws IllegalArgumentException if it is not a value of this setting; the message names it
   */
  public String rewritten(Object plain) {
    if (plain == null) {
      throw new IllegalArgumentException("the setting " + name + " is missing");
    }
    return String.valueOf(reader.plain(read(String.valueOf(plain))));
  }

  /**
   * Texts by the settings' names, in alphabetical order; can be changed.
   *
   * @param text of each setting, as a command line has it
   */
  public static SortedMap<String, String> texts(
      List<Setting<?>> settings, Function<Setting<?>, String> text) {
    SortedMap<String, String> texts = new TreeMap<>();
    settings.forEach(setting -> texts.put(setting.name(), text.apply(setting)));
    return texts;
  }

  /**
   * The value that a text is.
   *
   * @throws IllegalArgumentException if it is not a value of this setting; the message names it
   */
  public T read(String text) {
    try {
      return reader.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
