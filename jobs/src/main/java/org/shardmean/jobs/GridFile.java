package org.shardmean.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shardmean.experiment.Grid;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.settings.Written;
import org.shardmean.train.EngineKind;

/**
 * An experiment's file: what is varied, as lists with commas, and any setting of {@code train} that
 * stays the same.
 *
 * @param grid what is varied
 * @param fixed settings of {@code train}
 * @param definition the file's settings in lines, sorted
 */
record GridFile(Grid grid, Map<String, Written> fixed, String definition) {
  private static final String GUIDE = "docs/scaling.md";

  private static final String CORES = "cores";
  private static final String SEEDS = "seeds";
  private static final String REPEATS = "repeats";
  private static final String ORDER_SEED = "order-seed";
  private static final String TARGET = "target-accuracy";
  private static final String IMAGES_PER_WORKER = "images-per-worker";

  /** Names that {@code train} does not know. */
  private static final List<String> OWN =
      List.of(CORES, SEEDS, REPEATS, ORDER_SEED, TARGET, IMAGES_PER_WORKER);

  /** Names that {@code train} knows and that may have several values here. */
  private static final List<Setting<?>> VARIED =
      List.of(
          TrainSettings.WORKERS,
          TrainSettings.ROUNDS_PER_EPOCH,
          TrainSettings.BATCH_SIZE,
          TrainSettings.ENGINE,
          TrainSettings.DATA);

  /** Settings of {@code train} that a grid decides by itself. */
  private static final List<Setting<?>> NOT_HERE =
      List.of(
          TrainSettings.SEED,
          TrainSettings.OUT,
          TrainSettings.OVERWRITE,
          GeneralSettings.CONFIG,
          GeneralSettings.STACKTRACE);

  GridFile {
    fixed = Map.copyOf(fixed);
  }

  /**
   * Reads an experiment.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  static GridFile read(String file) {
    GridText text = GridText.read(file, GUIDE);
    refuseUnknown(text);
    Map<String, Written> fixed = fixed(text);
    Grid grid = grid(text, nameOf(file));
    text.requireSound();
    return new GridFile(grid, fixed, definition(text));
  }

  private static void refuseUnknown(GridText text) {
    Set<String> known = new HashSet<>(OWN);
    trainSettings().forEach(setting -> known.add(setting.name()));
    for (String key : text.written().keySet()) {
      if (!known.contains(key)) {
        text.unknown(key, known);
      }
    }
  }

  private static Map<String, Written> fixed(GridText text) {
    Map<String, Written> fixed = new HashMap<>();
    for (Setting<?> setting : trainSettings()) {
      if (!VARIED.contains(setting) && text.find(setting.name(), setting.reader()).isPresent()) {
        fixed.put(setting.name(), text.written().get(setting.name()));
      }
    }
    return fixed;
  }

  private static Grid grid(GridText text, String fileName) {
    int perWorker = text.find(IMAGES_PER_WORKER, ValueReader.wholeNumber(1)).orElse(0);
    if (perWorker > 0 && text.written().containsKey(TrainSettings.DATA.name())) {
      text.problem(
          IMAGES_PER_WORKER,
          "expected no 'data' beside it, since weak scaling draws its digits; leave one of them out");
    }
    return new Grid(
        text.find(TrainSettings.NAME.name(), TrainSettings.NAME.reader()).orElse(fileName),
        setups(text, perWorker),
        text.list(SEEDS, ValueReader.anyWholeNumber(), List.of(1L, 2L, 3L)),
        text.find(REPEATS, ValueReader.wholeNumber(1)).orElse(1),
        text.find(ORDER_SEED, ValueReader.anyWholeNumber()).orElse(1L),
        text.find(TARGET, ValueReader.share()).orElse(0.95),
        perWorker > 0);
  }

  private static List<Setup> setups(GridText text, int perWorker) {
    List<Setup> setups = new ArrayList<>();
    List<String> data = perWorker > 0 ? List.of("") : list(text, TrainSettings.DATA, "mnist");
    for (int cores : text.list(CORES, ValueReader.wholeNumber(1), List.of(0))) {
      for (int workers : list(text, TrainSettings.WORKERS, 1)) {
        for (int rounds : list(text, TrainSettings.ROUNDS_PER_EPOCH, 4)) {
          for (int batch : list(text, TrainSettings.BATCH_SIZE, 64)) {
            for (EngineKind engine : list(text, TrainSettings.ENGINE, EngineKind.FUSED)) {
              for (String images : data) {
                Map<String, String> settings = new LinkedHashMap<>();
                settings.put("workers", String.valueOf(workers));
                settings.put("rounds-per-epoch", String.valueOf(rounds));
                settings.put("batch-size", String.valueOf(batch));
                settings.put("engine", ValueReader.written(engine));
                settings.put(
                    "data",
                    perWorker > 0 ? "generated:" + Math.multiplyExact(perWorker, workers) : images);
                setups.add(new Setup(cores, "", varied(text, settings), settings));
              }
            }
          }
        }
      }
    }
    return setups;
  }

  /** Of the settings, those that the file gives as a list. */
  private static Map<String, String> varied(GridText text, Map<String, String> settings) {
    Map<String, String> varied = new LinkedHashMap<>(settings);
    varied
        .keySet()
        .removeIf(
            name ->
                !text.written().containsKey(name)
                    || !text.written().get(name).text().contains(","));
    return varied;
  }

  private static <T> List<T> list(GridText text, Setting<T> setting, T otherwise) {
    return text.list(setting.name(), setting.reader(), List.of(otherwise));
  }

  private static String definition(GridText text) {
    StringBuilder lines = new StringBuilder();
    text.written().forEach((key, value) -> lines.append("%s = %s\n".formatted(key, value.text())));
    return lines.toString();
  }

  private static String nameOf(String file) {
    return String.valueOf(Path.of(file).getFileName()).replaceAll("\\.properties$", "");
  }

  /** Those that a grid may have. */
  private static List<Setting<?>> trainSettings() {
    return TrainSettings.ALL.stream().filter(setting -> !NOT_HERE.contains(setting)).toList();
  }
}
