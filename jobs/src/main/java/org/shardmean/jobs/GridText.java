package org.shardmean.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.NearestName;
import org.shardmean.settings.PropertiesText;
import org.shardmean.settings.ValueReader;
import org.shardmean.settings.Written;

/**
 * A grid's properties, whose values may be lists with commas. What is wrong with them is gathered
 * while they are read, so that all of it can be said at once.
 */
final class GridText {
  private final Map<String, Written> written;
  private final String origin;
  private final String guide;
  private final Set<String> problems = new LinkedHashSet<>();

  private GridText(Map<String, Written> written, String origin, String guide) {
    this.written = Collections.unmodifiableMap(written);
    this.origin = origin;
    this.guide = guide;
  }

  /**
   * The text of the file that {@code --grid} names.
   *
   * @param guide where people find what such a grid may say
   * @throws ConfigurationException if it cannot be read, or is not in the format of properties
   */
  static GridText read(String file, String guide) {
    try {
      return parse(Files.readString(Path.of(file)), file, guide);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "--grid %s: expected a readable file of properties such as 'workers = 1, 2', found %s: %s; check the path"
              .formatted(file, e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  /**
   * A text that was read already.
   *
   * @param origin the file's name, for people
   * @param guide where people find what such a grid may say
   * @throws IllegalArgumentException if it is not in the format of properties
   */
  static GridText parse(String text, String origin, String guide) {
    return new GridText(PropertiesText.parse(text, origin), origin, guide);
  }

  /** All that is written, by its keys, in their order; not to be changed. */
  Map<String, Written> written() {
    return written;
  }

  /** The values of a list that there has to be; without those that are no such value. */
  <T> List<T> list(String key, ValueReader<T> reader) {
    if (!written.containsKey(key)) {
      missing(key + " = ...");
    }
    return list(key, reader, List.of());
  }

  /** The values of a list, {@code otherwise} if there is none; without those that are no value. */
  <T> List<T> list(String key, ValueReader<T> reader, List<T> otherwise) {
    Written list = written.get(key);
    if (list == null) {
      return otherwise;
    }
    List<T> values = new ArrayList<>();
    for (String part : list.text().split(",", -1)) {
      read(key, part.trim(), reader).ifPresent(values::add);
    }
    if (new HashSet<>(values).size() < values.size()) {
      problem(key, "expected each value once, found '%s'".formatted(list.text()));
    }
    return values;
  }

  /** A single value; none if it is not written, or is no such value. */
  <T> Optional<T> find(String key, ValueReader<T> reader) {
    return Optional.ofNullable(written.get(key)).flatMap(one -> read(key, one.text(), reader));
  }

  private <T> Optional<T> read(String key, String text, ValueReader<T> reader) {
    try {
      return Optional.of(reader.read(text));
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage());
      return Optional.empty();
    }
  }

  /** Notes what is wrong with a key that is written. */
  void problem(String key, String what) {
    problems.add(written.get(key).where() + ": " + what);
  }

  /** Notes that a key means nothing here, where {@code known} ones do. */
  void unknown(String key, Collection<String> known) {
    problem(
        key,
        "unknown in a grid"
            + NearestName.of(key, known)
                .map(near -> ", did you mean " + near + "?")
                .orElse("; see " + guide));
  }

  /** Notes that nothing of this form is written. */
  void missing(String form) {
    problems.add("%s: expected '%s', found none; see %s".formatted(origin, form, guide));
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException with every problem that was noted, if any was
   */
  void requireSound() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(List.copyOf(problems));
    }
  }
}
