package org.shardmean.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.settings.Written;

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
  private static final List<String> LISTS = List.of(WORKERS, PLANS, SEEDS);
  private static final String VARIANT = "variant.";
  private static final String PRESET_ROUNDS = "auto";
  private static final String GUIDE = "conf/experiments";

  StudyGrid {
    points = List.copyOf(points);
  }

  /** Epochs, and rounds in each; 0 rounds are left to the preset. */
  private record Plan(int epochs, int rounds) {
    /**
     * @throws IllegalArgumentException if the text is not {@code EPOCHS:ROUNDS}
     */
    static Plan parse(String text) {
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
  }

  /**
   * Reads a grid file.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  static StudyGrid read(String file) {
    return of(GridText.read(file, GUIDE));
  }

  /**
   * Reads a grid's text.
   *
   * @param origin the file's name, for people
   * @throws ConfigurationException with everything that is wrong in it
   */
  static StudyGrid parse(String text, String origin) {
    return of(GridText.parse(text, origin, GUIDE));
  }

  private static StudyGrid of(GridText text) {
    List<Integer> workers = text.list(WORKERS, ValueReader.wholeNumber(1));
    List<Plan> plans = text.list(PLANS, Plan::parse);
    List<Long> seeds = text.list(SEEDS, ValueReader.anyWholeNumber());
    Map<String, Map<String, Written>> variants = variants(text);
    text.requireSound();

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

  /** The settings of each variant, in the order of their names. */
  private static Map<String, Map<String, Written>> variants(GridText text) {
    Map<String, Map<String, Written>> variants = new TreeMap<>();
    for (String key : text.written().keySet()) {
      if (key.startsWith(VARIANT)) {
        addTo(variants, text, key);
      } else if (!LISTS.contains(key)) {
        text.unknown(key, LISTS);
      }
    }
    if (variants.isEmpty()) {
      text.missing("variant.NAME.SETTING = VALUE");
    }
    return variants;
  }

  private static void addTo(Map<String, Map<String, Written>> variants, GridText text, String key) {
    String nameAndSetting = key.substring(VARIANT.length());
    int dot = nameAndSetting.indexOf('.');
    String setting = nameAndSetting.substring(dot + 1);
    if (dot < 1 || !isSettingOfTrain(setting)) {
      text.problem(
          key,
          "expected variant.NAME.SETTING with a setting of train; see deploy/submit train --help");
      return;
    }
    variants
        .computeIfAbsent(nameAndSetting.substring(0, dot), name -> new LinkedHashMap<>())
        .put(setting, text.written().get(key));
  }

  private static boolean isSettingOfTrain(String name) {
    return TrainSettings.ALL.stream().anyMatch(setting -> setting.name().equals(name));
  }
}
