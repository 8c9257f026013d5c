package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.PropertiesText;
import org.shardmean.settings.Written;

/**
 * What a grid's file of properties says; docs/experiments.md describes it. A setting of {@code
 * train} with several values is varied, one with a single value is the same in every run, and one
 * that is not named is what {@code train} would choose.
 *
 * @param name of the experiment: the file's {@code name}, else the name of the file
 * @param varied the values of each setting that has several: workers first, the others in the order
 *     of train's help; values are written as the setting writes them
 * @param fixed settings with one value, by name
 * @param variants by name, in order of name: settings that go together; empty where there are none
 * @param cores task slots, each number in a Spark application of its own; a single 0 for as many as
 *     there are
 * @param imagesPerWorker generated digits for each worker; 0 where the data does not depend on the
 *     number of workers
 * @param targetAccuracy 0 to 1; NaN where the file names none
 * @param pricePerCoreHour in any currency; 0 where the file names none
 * @param mayDiverge whether a run that diverges is a result, rather than a failure
 * @param text the file's own
 */
public record GridFile(
    String name,
    Map<String, List<Written>> varied,
    Map<String, Written> fixed,
    Map<String, Map<String, Written>> variants,
    List<Integer> cores,
    List<Long> seeds,
    int repeats,
    long orderSeed,
    int imagesPerWorker,
    double targetAccuracy,
    double pricePerCoreHour,
    boolean mayDiverge,
    String text) {
  public GridFile {
    requireNonNull(name, "name");
    varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
    fixed = Map.copyOf(fixed);
    variants = Collections.unmodifiableMap(new TreeMap<>(variants));
    cores = List.copyOf(cores);
    seeds = List.copyOf(seeds);
    requireNonNull(text, "text");
  }

  /**
   * Reads a grid's file.
   *
   * @throws ConfigurationException with every mistake in it, each with its line
   */
  public static GridFile read(String file) {
    try {
      Path path = Path.of(file);
      String name = String.valueOf(path.getFileName()).replaceAll("\\.properties$", "");
      return parse(PropertiesText.readText(path), file, name);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s: expected a readable file of properties such as 'workers = 1, 2', found %s; check the path"
              .formatted(file, PropertiesText.reason(e)));
    }
  }

  /**
   * Reads a grid's text.
   *
   * @param origin the file's name, for messages
   * @param name the experiment's where the text has none
   * @throws ConfigurationException with every mistake in it, each with its line
   * @throws IllegalArgumentException if it is not in the format of Java properties
   */
  static GridFile parse(String text, String origin, String name) {
    return new GridFileReader(text, origin).read(name);
  }

  /** How many points it describes; {@link Long#MAX_VALUE} where they are more than that. */
  long points() {
    double points = (double) Math.max(1, variants.size()) * cores.size() * seeds.size() * repeats;
    for (List<Written> values : varied.values()) {
      points *= values.size();
    }
    return (long) points;
  }

  /** Whether each worker gets equally many images, however many workers there are. */
  public boolean isWeak() {
    return imagesPerWorker > 0;
  }
}
