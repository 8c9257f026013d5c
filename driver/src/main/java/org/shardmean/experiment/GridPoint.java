package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;
import org.shardmean.train.EngineKind;

/**
 * One run of a grid.
 *
 * @param setup what is run
 * @param seed of the run
 * @param repeat from 1: the same setup and seed again
 */
public record GridPoint(Setup setup, long seed, int repeat) {
  public GridPoint {
    requireNonNull(setup, "setup");
  }

  /**
   * What is run, whatever the seed. Points that differ only in seed and repeat have the same setup.
   *
   * @param cores task slots; 0 for as many as the cluster has
   * @param variant its name in the grid's file; empty where the file has no variants
   * @param varied the settings that the file gives as lists, with this setup's values, in the
   *     file's order; without the variant's own settings
   * @param settings every setting of {@code train} as it is resolved, by the option's name without
   *     dashes ({@code batch-size}), but for the seed and the run's name
   */
  public record Setup(
      int cores, String variant, Map<String, String> varied, Map<String, String> settings) {
    public Setup {
      requireNonNull(variant, "variant");
      varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
      settings = Collections.unmodifiableMap(new TreeMap<>(settings));
      varied.forEach((name, value) -> requireNonNull(value, name));
      settings.forEach((name, value) -> requireNonNull(value, name));
    }

    /** Unique in a grid, and fit for a file's name; empty for the only setup of a grid. */
    public String id() {
      List<String> parts = new ArrayList<>();
      if (!variant.isEmpty()) {
        parts.add(variant);
      }
      varied.forEach((name, value) -> parts.add(name + "-" + value));
      if (cores > 0) {
        parts.add("cores-" + cores);
      }
      return String.join("_", parts).replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    /** Its variant and what the file varies, such as {@code workers 2, epochs 5}; may be empty. */
    public String inWords() {
      List<String> parts = new ArrayList<>();
      if (!variant.isEmpty()) {
        parts.add(variant);
      }
      varied.forEach((name, value) -> parts.add(name + " " + value));
      if (cores > 0) {
        parts.add("cores " + cores);
      }
      return String.join(", ", parts);
    }

    /** Logical workers, K. */
    public int workers() {
      return valueOf(TrainSettings.WORKERS);
    }

    public int epochs() {
      return valueOf(TrainSettings.EPOCHS);
    }

    public int roundsPerEpoch() {
      return valueOf(TrainSettings.ROUNDS_PER_EPOCH);
    }

    public int batchSize() {
      return valueOf(TrainSettings.BATCH_SIZE);
    }

    public EngineKind engine() {
      return valueOf(TrainSettings.ENGINE);
    }

    /** As {@code --data} takes it. */
    public String data() {
      return valueOf(TrainSettings.DATA);
    }

    /**
     * Refuses a setup that no run can have had.
     *
     * @throws IllegalArgumentException if a setting that figures depend on is missing, or has a
     *     value that the setting cannot have
     */
    void requireRunnable() {
      workers();
      roundsPerEpoch();
      batchSize();
      engine();
      data();
    }

    private <T> T valueOf(Setting<T> setting) {
      String text = settings.get(setting.name());
      if (text == null || text.isEmpty()) {
        throw new IllegalArgumentException("the setup has no " + setting.name());
      }
      return setting.read(text);
    }
  }

  /** Unique in a grid, and fit for a file's name. */
  public String id() {
    String id = setup.id();
    return (id.isEmpty() ? "" : id + "_")
        + "seed-"
        + seed
        + (repeat > 1 ? "_repeat-" + repeat : "");
  }

  @Override
  public String toString() {
    return id();
  }
}
