package org.shardmean.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model comes from, in plain texts: enough to show it, and to train it again. It holds no
 * time and no place, so the same training gives the same.
 *
 * @param status how the training ended, such as {@code completed}
 * @param command the command line that repeats it
 * @param settings every setting of the training by its name, as a command line has it
 * @param data the data's name, as shown to people
 * @param dataChecksum of training and test examples together
 * @param metrics finite figures by their names, such as {@code validationAccuracy}
 * @param versions of what it was trained with by their names, such as {@code java}
 * @param parent the checkpoint from which the last driver of the training went on
 */
public record ModelOrigin(
    String status,
    String command,
    SortedMap<String, String> settings,
    String data,
    String dataChecksum,
    SortedMap<String, Double> metrics,
    SortedMap<String, String> versions,
    Optional<Parent> parent) {
  public ModelOrigin {
    requireNonNull(status, "status");
    requireNonNull(command, "command");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    requireNonNull(data, "data");
    requireNonNull(dataChecksum, "dataChecksum");
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    requireNonNull(parent, "parent");
    metrics.forEach(
        (name, figure) -> {
          if (!Double.isFinite(figure)) {
            throw new IllegalArgumentException(
                "%s must be finite, found %s".formatted(name, figure));
          }
        });
  }

  /**
   * A checkpoint.
   *
   * @param after how far the training was, in words
   * @param epochs how many it was to have then
   * @param parametersSha256 of its parameters, as {@link ParametersDigest} gives it
   */
  public record Parent(String after, int epochs, String parametersSha256) {
    public Parent {
      requireNonNull(after, "after");
      requireNonNull(parametersSha256, "parametersSha256");
    }
  }
}
