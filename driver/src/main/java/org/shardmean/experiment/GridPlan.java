package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.shardmean.Training;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Environment;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.Slots;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.Written;

/**
 * A grid whose every setup is known to be trainable, and the training of each of its points: what
 * {@code train} would do with the point's settings.
 */
public final class GridPlan {
  /** Settings in which the runs of one setup may differ. */
  static final List<Setting<?>> NOT_OF_A_SETUP =
      List.of(TrainSettings.SEED, TrainSettings.NAME, TrainSettings.LANG);

  private static final String WHERE = "the grid";

  private final Grid grid;
  private final Map<Setup, GivenSettings> given;
  private final Map<Setup, RunConfig> configs;
  private final Datasets datasets;

  private GridPlan(
      Grid grid,
      Map<Setup, GivenSettings> given,
      Map<Setup, RunConfig> configs,
      Datasets datasets) {
    this.grid = grid;
    this.given = given;
    this.configs = configs;
    this.datasets = datasets;
  }

  /** Gets the data that {@code --data} names. */
  @FunctionalInterface
  public interface Datasets {
    /**
     * The data, and nothing in its place.
     *
     * @param settings with {@code data} and, for generated digits, {@code seed}
     * @throws DataException if it cannot be loaded
     */
    Dataset load(GivenSettings settings);
  }

  /**
   * Resolves every setup of a grid against its data and the cluster.
   *
   * @param beneath settings that the file goes before, such as conf/defaults.properties
   * @param slots the task slots there are for a number of {@code cores} in the file
   * @throws ConfigurationException with every problem of every setup
   * @throws DataException if data cannot be loaded
   */
  public static GridPlan of(
      GridFile file, GivenSettings beneath, Datasets datasets, IntFunction<Slots> slots) {
    Map<Setup, GivenSettings> given = new LinkedHashMap<>();
    Map<Setup, RunConfig> configs = new HashMap<>();
    Map<String, Set<String>> setupsByProblem = new LinkedHashMap<>();
    Datasets kept = keeping(datasets);
    for (Combination one : Combination.all(file)) {
      GivenSettings settings =
          beneath.under(one.given()).under(TrainSettings.SEED, file.seeds().get(0), WHERE);
      try {
        RunConfig config =
            Training.of(kept.load(settings))
                .settings(settings)
                .resolve(slots.apply(one.cores()))
                .config();
        requireAccuracy(config);
        Setup setup = one.resolved(config);
        given.put(setup, settings);
        configs.put(setup, config);
      } catch (ConfigurationException e) {
        for (String problem : e.problems()) {
          setupsByProblem.computeIfAbsent(problem, none -> new LinkedHashSet<>()).add(one.id());
        }
      }
    }
    refuse(setupsByProblem);
    refuseEqualNames(given.keySet());
    Grid grid =
        new Grid(
            file.name(),
            List.copyOf(given.keySet()),
            file.seeds(),
            file.repeats(),
            file.orderSeed(),
            file.targetAccuracy(),
            file.isWeak(),
            file.mayDiverge());
    return new GridPlan(grid, given, configs, kept);
  }

  public Grid grid() {
    return grid;
  }

  /** The language of its report: that of its first setup's runs. */
  public Language language() {
    return config(grid.setups().get(0)).language();
  }

  /** What {@code train} would do with a point's settings. */
  public Training training(GridPoint point) {
    GivenSettings settings = settings(point);
    return Training.of(datasets.load(settings)).settings(settings);
  }

  /** The data that a point trains on. */
  public Dataset dataset(GridPoint point) {
    return datasets.load(settings(point));
  }

  /** Every setting of a setup, with the first seed. */
  public RunConfig config(Setup setup) {
    return configs.get(setup);
  }

  /** A point's training with fewer epochs, but its own batches, rounds and rates. */
  Training warmUp(GridPoint point, int epochs) {
    Map<String, Written> resolved = new HashMap<>();
    point
        .setup()
        .settings()
        .forEach((name, value) -> resolved.put(name, new Written(value, WHERE)));
    GivenSettings settings =
        new GivenSettings(List.of(resolved))
            .under(TrainSettings.EPOCHS, Math.min(epochs, point.setup().epochs()), WHERE);
    return Training.of(dataset(point)).settings(settings);
  }

  /**
   * What the figures of each point will depend on.
   *
   * @param environments where points with a number of {@code cores} run
   */
  public Function<GridPoint, Fingerprint> fingerprints(IntFunction<Environment> environments) {
    Map<Integer, Environment> places = new HashMap<>();
    Map<List<Object>, String> checksums = new HashMap<>();
    return point -> {
      Setup setup = point.setup();
      Map<String, String> settings = new TreeMap<>(setup.settings());
      settings.put(TrainSettings.SEED.name(), String.valueOf(point.seed()));
      String checksum =
          checksums.computeIfAbsent(
              List.of(setup.data(), point.seed()), none -> dataset(point).checksum());
      Environment place = places.computeIfAbsent(setup.cores(), environments::apply);
      Fingerprint fingerprint = Fingerprint.of(settings, checksum, place, chosen(setup));
      return setup.cores() > 0 ? fingerprint.ofCores() : fingerprint;
    };
  }

  /** Settings of a run that are neither in the file nor beneath it, but follow from the others. */
  private Set<String> chosen(Setup setup) {
    return TrainSettings.OF_A_RUN.stream()
        .filter(setting -> given.get(setup).find(setting).isEmpty())
        .map(Setting::name)
        .collect(Collectors.toSet());
  }

  /** A setup's settings, by name: all but what belongs to a point, or to its pages. */
  static Map<String, String> settingsOf(RunConfig config) {
    Map<String, String> settings =
        Setting.texts(TrainSettings.OF_A_RUN, setting -> setting.writtenIn(config));
    NOT_OF_A_SETUP.forEach(setting -> settings.remove(setting.name()));
    return settings;
  }

  private GivenSettings settings(GridPoint point) {
    return given
        .get(point.setup())
        .under(TrainSettings.SEED, point.seed(), WHERE)
        .under(TrainSettings.NAME, grid.name() + " " + point.id(), WHERE);
  }

  /** Keeps what is loaded; generated digits take no room and are not kept. */
  private static Datasets keeping(Datasets datasets) {
    Map<String, Dataset> loaded = new HashMap<>();
    return settings -> {
      Dataset before = loaded.get(settings.get(TrainSettings.DATA));
      if (before != null) {
        return before;
      }
      Dataset now = datasets.load(settings);
      if (!(now.train() instanceof GeneratedExamples)) {
        loaded.put(settings.get(TrainSettings.DATA), now);
      }
      return now;
    };
  }

  /** All figures of a grid are made from accuracies. */
  private static void requireAccuracy(RunConfig config) {
    if (!config.model().isClassifier()) {
      throw new ConfigurationException(
          "task: expected classification in a grid, which compares accuracies, found %s; train it with deploy/submit train"
              .formatted(TrainSettings.TASK.writtenIn(config)));
    }
  }

  private static void refuse(Map<String, Set<String>> setupsByProblem) {
    List<String> problems = new ArrayList<>();
    setupsByProblem.forEach(
        (problem, setups) -> {
          String first = setups.iterator().next();
          String more = setups.size() > 1 ? " and %d more".formatted(setups.size() - 1) : "";
          problems.add(
              first.isEmpty() ? problem : "%s (setup %s%s)".formatted(problem, first, more));
        });
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static void refuseEqualNames(Set<Setup> setups) {
    Set<String> ids = new LinkedHashSet<>();
    for (Setup setup : setups) {
      if (!ids.add(setup.id())) {
        throw new ConfigurationException(
            "setup %s: expected a folder name for each setup, found one for two; change a value by more than punctuation"
                .formatted(setup.id()));
      }
    }
  }

  /**
   * A setup before it is resolved.
   *
   * @param given what the file says of it
   */
  private record Combination(
      int cores, String variant, Map<String, String> varied, Map<String, Written> given) {
    Combination {
      requireNonNull(variant, "variant");
    }

    /** Variant by variant, in each cores by cores, in each every combination of the lists. */
    static List<Combination> all(GridFile file) {
      List<Combination> all = new ArrayList<>();
      Map<String, Map<String, Written>> variants =
          file.variants().isEmpty() ? Map.of("", Map.of()) : file.variants();
      variants.forEach(
          (variant, own) -> {
            for (int cores : file.cores()) {
              for (Map<String, Written> values : products(file)) {
                all.add(of(file, cores, variant, own, values));
              }
            }
          });
      return all;
    }

    private static Combination of(
        GridFile file,
        int cores,
        String variant,
        Map<String, Written> own,
        Map<String, Written> values) {
      Map<String, Written> given = new HashMap<>(file.fixed());
      given.putAll(values);
      given.putAll(own);
      Map<String, String> varied = new LinkedHashMap<>();
      values.forEach((name, value) -> varied.put(name, value.text()));
      if (file.isWeak()) {
        int workers = Integer.parseInt(given.get(TrainSettings.WORKERS.name()).text().trim());
        long images = (long) workers * file.imagesPerWorker();
        given.put(
            TrainSettings.DATA.name(), new Written("generated:" + images, "images-per-worker"));
      }
      return new Combination(cores, variant, varied, given);
    }

    private static List<Map<String, Written>> products(GridFile file) {
      List<Map<String, Written>> products = List.of(Map.of());
      for (Map.Entry<String, List<Written>> list : file.varied().entrySet()) {
        List<Map<String, Written>> longer = new ArrayList<>();
        for (Map<String, Written> before : products) {
          for (Written value : list.getValue()) {
            Map<String, Written> one = new LinkedHashMap<>(before);
            one.put(list.getKey(), value);
            longer.add(one);
          }
        }
        products = longer;
      }
      return products;
    }

    String id() {
      return new Setup(cores, variant, varied, Map.of()).id();
    }

    Setup resolved(RunConfig config) {
      return new Setup(cores, variant, varied, settingsOf(config));
    }
  }
}
