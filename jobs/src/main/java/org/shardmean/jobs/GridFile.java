package org.shardmean.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shardmean.run.ConfigurationException;
import org.shardmean.scaling.Grid;
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
          OuterSettings.WORKERS,
          OuterSettings.ROUNDS_PER_EPOCH,
          TrainingSettings.BATCH_SIZE,
          TrainingSettings.ENGINE,
          DataSettings.DATA);

  /** Settings of {@code train} that a grid decides by itself. */
  private static final List<Setting<?>> NOT_HERE =
      List.of(
          TrainingSettings.SEED,
          OutputSettings.OUT,
          OutputSettings.OVERWRITE,
          OutputSettings.RESUME,
          OutputSettings.CHECKPOINT_EVERY,
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
    Path path = Path.of(file);
    try {
      Map<String, Written> written = PropertiesText.parse(Files.readString(path), file);
      String name = String.valueOf(path.getFileName()).replaceAll("\\.properties$", "");
      return new Reading(written).grid(name);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "--grid %s: expected a readable file of properties such as 'workers = 1, 2', found %s: %s; check the path"
              .formatted(file, e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  /** One reading, with the problems found on the way. */
  private static final class Reading {
    private final Map<String, Written> written;
    private final List<String> problems = new ArrayList<>();

    Reading(Map<String, Written> written) {
      this.written = written;
    }

    GridFile grid(String fileName) {
      checkNames();
      int perWorker = one(IMAGES_PER_WORKER, ValueReader.wholeNumber(1), 0);
      if (perWorker > 0 && written.containsKey(DataSettings.DATA.name())) {
        problem(
            written.get(IMAGES_PER_WORKER),
            "expected no 'data' beside it, since weak scaling draws its digits; leave one of them out");
      }
      Grid grid =
          new Grid(
              one(OutputSettings.NAME.name(), OutputSettings.NAME.reader(), fileName),
              list(CORES, ValueReader.wholeNumber(1), List.of(0)),
              list(OuterSettings.WORKERS.name(), OuterSettings.WORKERS.reader(), List.of(1)),
              list(
                  OuterSettings.ROUNDS_PER_EPOCH.name(),
                  OuterSettings.ROUNDS_PER_EPOCH.reader(),
                  List.of(4)),
              list(
                  TrainingSettings.BATCH_SIZE.name(),
                  TrainingSettings.BATCH_SIZE.reader(),
                  List.of(64)),
              list(
                  TrainingSettings.ENGINE.name(),
                  TrainingSettings.ENGINE.reader(),
                  List.of(EngineKind.FUSED)),
              perWorker > 0
                  ? List.of()
                  : list(DataSettings.DATA.name(), DataSettings.DATA.reader(), List.of("mnist")),
              perWorker,
              list(SEEDS, ValueReader.anyWholeNumber(), List.of(1L, 2L, 3L)),
              one(REPEATS, ValueReader.wholeNumber(1), 1),
              one(ORDER_SEED, ValueReader.anyWholeNumber(), 1L),
              one(TARGET, ValueReader.share(), 0.95));
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      return new GridFile(grid, fixed(), definition());
    }

    private void checkNames() {
      Set<String> known = new HashSet<>(OWN);
      trainSettings().forEach(setting -> known.add(setting.name()));
      NOT_HERE.forEach(setting -> known.remove(setting.name()));
      written.forEach(
          (name, value) -> {
            if (!known.contains(name)) {
              problem(
                  value,
                  "unknown in an experiment"
                      + NearestName.of(name, known)
                          .map(near -> ", did you mean " + near + "?")
                          .orElse("; see docs/scaling.md"));
            }
          });
      for (Setting<?> setting : trainSettings()) {
        Written value = written.get(setting.name());
        if (value != null && !VARIED.contains(setting)) {
          read(value, value.text(), setting.reader());
        }
      }
    }

    private <T> T one(String name, ValueReader<T> reader, T otherwise) {
      Written value = written.get(name);
      List<T> values = value == null ? List.of() : read(value, value.text(), reader);
      return values.isEmpty() ? otherwise : values.get(0);
    }

    private <T> List<T> list(String name, ValueReader<T> reader, List<T> otherwise) {
      Written value = written.get(name);
      if (value == null) {
        return otherwise;
      }
      List<T> values = new ArrayList<>();
      for (String part : value.text().split(",", -1)) {
        values.addAll(read(value, part.trim(), reader));
      }
      if (new HashSet<>(values).size() < values.size()) {
        problem(value, "expected each value once, found '%s'".formatted(value.text()));
      }
      return values;
    }

    /** The value, or nothing and a problem. */
    private <T> List<T> read(Written from, String text, ValueReader<T> reader) {
      try {
        return List.of(reader.read(text));
      } catch (IllegalArgumentException e) {
        problem(from, e.getMessage());
        return List.of();
      }
    }

    private void problem(Written at, String what) {
      problems.add(at.where() + ": " + what);
    }

    private Map<String, Written> fixed() {
      Map<String, Written> fixed = new HashMap<>(written);
      fixed.keySet().removeAll(OWN);
      VARIED.forEach(setting -> fixed.remove(setting.name()));
      return fixed;
    }

    private String definition() {
      StringBuilder lines = new StringBuilder();
      new TreeMap<>(written)
          .forEach((name, value) -> lines.append("%s = %s\n".formatted(name, value.text())));
      return lines.toString();
    }

    private static Collection<Setting<?>> trainSettings() {
      List<Setting<?>> settings = new ArrayList<>();
      TrainOptions.GROUPS.forEach(group -> settings.addAll(group.settings()));
      return settings;
    }
  }
}
