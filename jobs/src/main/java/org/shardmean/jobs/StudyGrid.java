package org.shardmean.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.shardmean.run.ConfigurationException;

/**
 * What a study varies, read from a properties file: {@code workers}, {@code plans} (each {@code
 * EPOCHS:ROUNDS}, rounds an epoch, {@code auto} for what the preset says), {@code seeds}, and the
 * variants, whose settings stand under {@code variant.NAME.} by the names of {@code train}'s
 * options.
 *
 * @param points every combination, seed by seed, so that a study that is stopped has something to
 *     say of every setup
 */
record StudyGrid(List<StudyPoint> points) {
  private static final String WORKERS = "workers";
  private static final String PLANS = "plans";
  private static final String SEEDS = "seeds";
  private static final String VARIANT = "variant.";
  private static final String PRESET_ROUNDS = "auto";

  StudyGrid {
    points = List.copyOf(points);
  }

  /** Epochs, and rounds in each; 0 rounds are left to the preset. */
  private record Plan(int epochs, int rounds) {}

  /**
   * Reads a grid file.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  static StudyGrid read(String path) {
    try {
      return parse(Files.readString(Path.of(path)), path);
    } catch (IOException e) {
      throw new ConfigurationException(
          "--grid %s: expected a readable properties file, found %s: %s; check the path"
              .formatted(path, e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  /**
   * Reads a grid's text.
   *
   * @param origin the file's name, for people
   */
  static StudyGrid parse(String text, String origin) {
    return new Reading(PropertiesText.parse(text, origin), origin).grid();
  }

  /** One reading, which gathers problems. */
  private static final class Reading {
    private final Map<String, Written> written;
    private final String origin;
    private final List<String> problems = new ArrayList<>();

    Reading(Map<String, Written> written, String origin) {
      this.written = written;
      this.origin = origin;
    }

    StudyGrid grid() {
      List<Integer> workers = list(WORKERS, ValueReader.wholeNumber(1));
      List<Plan> plans = list(PLANS, Reading::plan);
      List<Long> seeds = list(SEEDS, ValueReader.anyWholeNumber());
      Map<String, Map<String, Written>> variants = variants();
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      List<StudyPoint> points = new ArrayList<>();
      for (long seed : seeds) {
        for (Plan plan : plans) {
          for (int k : workers) {
            variants.forEach(
                (name, settings) ->
                    points.add(
                        new StudyPoint(name, k, plan.epochs(), plan.rounds(), seed, settings)));
          }
        }
      }
      return new StudyGrid(points);
    }

    private static Plan plan(String text) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException(
            "expected EPOCHS:ROUNDS such as 20:1 or 5:auto, found '" + text + "'");
      }
      String rounds = text.substring(colon + 1);
      return new Plan(
          ValueReader.wholeNumber(1).read(text.substring(0, colon)),
          rounds.equals(PRESET_ROUNDS) ? 0 : ValueReader.wholeNumber(1).read(rounds));
    }

    private <T> List<T> list(String key, ValueReader<T> reader) {
      Written found = written.get(key);
      if (found == null) {
        problems.add(
            "%s: expected '%s = ...', found none; see conf/experiments".formatted(origin, key));
        return List.of();
      }
      try {
        return Stream.of(found.text().split(",")).map(String::trim).map(reader::read).toList();
      } catch (IllegalArgumentException e) {
        problems.add(found.where() + ": " + e.getMessage());
        return List.of();
      }
    }

    /** The settings of each variant, in the order of their names. */
    private Map<String, Map<String, Written>> variants() {
      Map<String, Map<String, Written>> variants = new TreeMap<>();
      written.forEach(
          (key, value) -> {
            if (key.startsWith(VARIANT)) {
              addTo(variants, key.substring(VARIANT.length()), value);
            } else if (!List.of(WORKERS, PLANS, SEEDS).contains(key)) {
              problems.add(value.where() + ": unknown key; see conf/experiments");
            }
          });
      if (variants.isEmpty()) {
        problems.add(
            origin + ": expected 'variant.NAME.SETTING = VALUE', found none; see conf/experiments");
      }
      return variants;
    }

    private void addTo(
        Map<String, Map<String, Written>> variants, String nameAndSetting, Written value) {
      int dot = nameAndSetting.indexOf('.');
      String setting = nameAndSetting.substring(dot + 1);
      if (dot < 1 || !isSettingOfTrain(setting)) {
        problems.add(
            value.where()
                + ": expected variant.NAME.SETTING with a setting of train; see deploy/submit train"
                + " --help");
        return;
      }
      variants
          .computeIfAbsent(nameAndSetting.substring(0, dot), name -> new LinkedHashMap<>())
          .put(setting, value);
    }

    private static boolean isSettingOfTrain(String name) {
      return TrainOptions.GROUPS.stream()
          .flatMap(group -> group.settings().stream())
          .anyMatch(setting -> setting.name().equals(name));
    }
  }
}
