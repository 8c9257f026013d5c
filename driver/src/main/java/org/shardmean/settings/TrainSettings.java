package org.shardmean.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.TableAddress;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialWeights;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Task;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.run.Sentence;
import org.shardmean.run.Validation;
import org.shardmean.train.EngineKind;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;
import org.shardmean.wire.WireFormat;

/**
 * Every setting of a training, each declared here and nowhere else. The command line and its help,
 * the resolution, the reproducing command, {@code result.json} and the report follow from this.
 */
public final class TrainSettings {
  private static final String GENERATED = "generated";
  private static final String HIDDEN_LAYERS = "128-64";
  private static final String AUTOENCODER_LAYERS = "128-32-128";

  public static final Setting<String> DATA =
      Setting.of(
              "data",
              "DATA",
              TrainSettings::readData,
              "mnist: found along --mnist-path, else downloaded.",
              "generated[:N]: N training digits drawn by the program, 60000 if N is left out.",
              "A table: files *.parquet, *.csv (with a header), *.json (a line for each row) or"
                  + " *.libsvm, on any Hadoop file system; a folder of them, or a pattern such as"
                  + " part-*.parquet.",
              "Else a folder, on any Hadoop file system, that holds train-images-idx3-ubyte,"
                  + " train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, each"
                  + " plain or .gz.")
          .withDefault("mnist")
          .in(RunConfig::data, RunConfig::withData);

  public static final Setting<List<String>> FEATURES =
      Setting.of(
          "features",
          "COLUMNS",
          columns(),
          "The columns of a table to learn from, separated by commas; * stands for any letters."
              + " Default: all but label and weight.");

  public static final Setting<List<String>> LABEL =
      Setting.of(
          "label",
          "COLUMN",
          columns(),
          "The column of a table to learn: classes as texts or whole numbers, or a number; several"
              + " numbers separated by commas. Default: label, if there is such a column.");

  public static final Setting<String> WEIGHT =
      Setting.of(
          "weight",
          "COLUMN",
          ValueReader.text(),
          "The column of a table by which a row's gradient counts. Default: each row counts as one.");

  public static final Setting<InvalidRows> HANDLE_INVALID =
      Setting.oneOf(
          "handle-invalid",
          "NAME",
          InvalidRows.class,
          "What becomes of a table's rows with missing or invalid values: the table is refused"
              + " (error, the default), or they are left out and counted (skip)");

  public static final Setting<String> MNIST_PATH =
      Setting.of(
              "mnist-path",
              "FOLDERS",
              ValueReader.text(),
              "Where MNIST is looked for, separated by commas; a relative folder starts from the"
                  + " program's own.")
          .withDefault("data/mnist,$MNIST_HOME,../shared/mnist");

  public static final Setting<Validation> VALIDATION =
      Setting.of(
              "validation",
              "WHAT",
              ValueReader.of(Validation::parse, Validation::written, Map.of("type", "string")),
              "What every epoch is scored on: test (the test images), or a share of the training"
                  + " images held out, such as 0.1; then the test images are scored once, at the"
                  + " end.")
          .withDefault(Validation.TEST)
          .in(RunConfig::validation, RunConfig::withValidation);

  public static final Setting<Task> TASK =
      Setting.of(
              "task",
              "NAME",
              ValueReader.oneOf(Task.class),
              "What the network learns: classification (the class of an image or a row), autoencoder"
                  + " (to reproduce it; uses no labels) or regression (the numbers in columns of a"
                  + " table). For a table it is guessed from the label, and said.")
          .withDefault(Task.CLASSIFICATION)
          .in(
              config -> Task.of(config.model().output()),
              (config, task) -> config.withModel(config.model().withOutput(task.output())));

  public static final Setting<List<Integer>> LAYERS =
      Setting.of(
              "layers",
              "UNITS",
              ValueReader.of(
                  TrainSettings::readLayers,
                  TrainSettings::writtenLayers,
                  Map.of("type", "string", "pattern", "^[0-9]+(-[0-9]+)+$")),
              "Units of the input, every hidden layer and the output, joined by '-'.")
          .derivedFrom(
              "inputs-%s-classes, inputs and classes from the data (784-%s-10 for MNIST); for an autoencoder inputs-%s-inputs"
                  .formatted(HIDDEN_LAYERS, HIDDEN_LAYERS, AUTOENCODER_LAYERS),
              TrainSettings::layersFor)
          .in(
              config -> config.model().layers(),
              (config, layers) -> config.withModel(config.model().withLayers(layers)));

  public static final Setting<Activation> HIDDEN_ACTIVATION =
      Setting.oneOf("hidden-activation", "NAME", Activation.class, "Activation of hidden layers")
          .withDefault(Activation.RELU)
          .in(
              config -> config.model().hidden(),
              (config, hidden) -> config.withModel(config.model().withHidden(hidden)));

  public static final Setting<InitialWeights> INITIAL_WEIGHTS =
      Setting.oneOf(
              "initial-weights",
              "NAME",
              InitialWeights.class,
              "How widely the initial weights are spread (by-activation: by He's rule for ReLU layers"
                  + " and by Glorot's for the others; glorot: by Glorot's for all)")
          .byPreset(AutoPreset::initialWeights)
          .in(RunConfig::initialWeights, RunConfig::withInitialWeights);

  public static final Setting<Integer> EPOCHS =
      Setting.of(
              "epochs",
              "N",
              ValueReader.wholeNumber(1),
              "Epochs to train; each training image is used once per epoch.")
          .withDefault(5)
          .in(RunConfig::epochs, RunConfig::withEpochs);

  public static final Setting<Integer> BATCH_SIZE =
      Setting.of(
              "batch-size",
              "N",
              ValueReader.wholeNumber(1),
              "Images in a minibatch; at most as many as the smallest shard has.")
          .byPreset(AutoPreset::batchSize)
          .in(
              config -> config.local().batchSize(),
              (config, size) -> config.withLocal(config.local().withBatchSize(size)));

  public static final Setting<Optimizer> OPTIMIZER =
      Setting.oneOf("optimizer", "NAME", Optimizer.class, "How a gradient becomes a local step")
          .byPreset(AutoPreset::optimizer)
          .in(
              config -> config.local().optimizer(),
              (config, optimizer) -> config.withLocal(config.local().withOptimizer(optimizer)));

  public static final Setting<Double> LEARNING_RATE =
      Setting.of(
              "learning-rate",
              "RATE",
              ValueReader.aboveZero(),
              "The highest learning rate of the run.")
          .byPreset(AutoPreset::peak)
          .in(
              config -> config.local().rate().peak(),
              (config, peak) ->
                  config.withLocal(config.local().withRate(config.local().rate().withPeak(peak))));

  public static final Setting<Schedule> SCHEDULE =
      Setting.oneOf(
              "schedule", "NAME", Schedule.class, "How the learning rate changes after the warm-up")
          .byPreset(AutoPreset::schedule)
          .in(
              config -> config.local().rate().schedule(),
              (config, schedule) ->
                  config.withLocal(
                      config.local().withRate(config.local().rate().withSchedule(schedule))));

  public static final Setting<Double> WARMUP =
      Setting.of(
              "warmup",
              "SHARE",
              ValueReader.share(),
              "The share of the run over which the learning rate rises from 0.")
          .byPreset(AutoPreset::warmup)
          .in(
              config -> config.local().rate().warmup(),
              (config, warmup) ->
                  config.withLocal(
                      config.local().withRate(config.local().rate().withWarmup(warmup))));

  public static final Setting<Double> WEIGHT_DECAY =
      Setting.of(
              "weight-decay",
              "DECAY",
              ValueReader.share(),
              "Decoupled weight decay: each step also multiplies every weight by 1 - rate x DECAY.")
          .byPreset(AutoPreset::weightDecay)
          .in(
              config -> config.local().weightDecay(),
              (config, decay) -> config.withLocal(config.local().withWeightDecay(decay)));

  public static final Setting<Double> LABEL_SMOOTHING =
      Setting.of(
              "label-smoothing",
              "SHARE",
              ValueReader.share(),
              "The share of each label that is spread over all classes.")
          .byPreset(AutoPreset::labelSmoothing)
          .in(
              config -> config.local().labelSmoothing(),
              (config, share) -> config.withLocal(config.local().withLabelSmoothing(share)));

  public static final Setting<Double> INPUT_DROPOUT =
      Setting.of(
              "input-dropout",
              "CHANCE",
              ValueReader.share(),
              "The chance that a pixel is set to zero in a training step.")
          .byPreset(AutoPreset::inputDropout)
          .in(
              config -> config.local().inputDropout(),
              (config, chance) -> config.withLocal(config.local().withInputDropout(chance)));

  public static final Setting<Long> SEED =
      Setting.of(
              "seed",
              "N",
              ValueReader.anyWholeNumber(),
              "Seed of all random draws; the same seed and workers give the same bits.")
          .withDefault(42L)
          .in(RunConfig::seed, RunConfig::withSeed);

  public static final Setting<EngineKind> ENGINE =
      Setting.oneOf("engine", "NAME", EngineKind.class, "What computes a local step")
          .withDefault(EngineKind.FUSED)
          .in(
              config -> config.local().engine(),
              (config, engine) -> config.withLocal(config.local().withEngine(engine)));

  public static final Setting<Boolean> SAME_BITS =
      Setting.flag(
          "same-bits",
          "Refuse executors whose BLAS kernels differ, because results may then differ in the last"
              + " bits; without this option that is only a warning.");

  public static final Setting<Integer> PATIENCE =
      Setting.of(
              "patience",
              "EPOCHS",
              ValueReader.wholeNumber(0),
              "Epochs without a better validation accuracy, of an autoencoder without a lower error, before"
                  + " the run stops; 0 never stops.")
          .withDefault(0)
          .in(RunConfig::patience, RunConfig::withPatience);

  public static final Setting<Preset> PRESET =
      Setting.oneOf(
              "preset",
              "NAME",
              Preset.class,
              "What chooses the training and averaging settings that are not given")
          .withDefault(Preset.AUTO);

  public static final Setting<Integer> WORKERS =
      Setting.of(
              "workers",
              "K",
              ValueReader.wholeNumber(1),
              "Logical workers: shards of the training images, each training its own copy of the"
                  + " network.")
          .derivedFrom(
              "the cluster's task slots; fewer with --preset auto where more would take longer, one with"
                  + " --preset lecture",
              Situation::workers)
          .in(
              config -> config.averaging().workers(),
              (config, workers) -> config.withAveraging(config.averaging().withWorkers(workers)));

  public static final Setting<Integer> ROUNDS_PER_EPOCH =
      Setting.of(
              "rounds-per-epoch",
              "N",
              ValueReader.wholeNumber(1),
              "How many times an epoch the workers are averaged.")
          .byPreset(AutoPreset::roundsPerEpoch)
          .in(
              config -> config.averaging().roundsPerEpoch(),
              (config, rounds) ->
                  config.withAveraging(config.averaging().withRoundsPerEpoch(rounds)));

  public static final Setting<OuterKind> OUTER =
      Setting.oneOf("outer", "NAME", OuterKind.class, "The driver's step from the workers' average")
          .byPreset(AutoPreset::outer)
          .in(
              config -> config.averaging().outer(),
              (config, outer) -> config.withAveraging(config.averaging().withOuter(outer)));

  public static final Setting<Double> OUTER_RATE =
      Setting.of(
              "outer-rate",
              "RATE",
              ValueReader.aboveZero(),
              "How much of the averaged difference is taken; 1 takes it all.")
          .byPreset(AutoPreset::outerRate)
          .in(
              config -> config.averaging().outerRate(),
              (config, rate) -> config.withAveraging(config.averaging().withOuterRate(rate)));

  public static final Setting<Double> OUTER_MOMENTUM =
      Setting.of(
              "outer-momentum",
              "SHARE",
              ValueReader.share(),
              "The share of the last outer step that is added to the next, for momentum and"
                  + " nesterov.")
          .byPreset(AutoPreset::outerMomentum)
          .in(
              config -> config.averaging().outerMomentum(),
              (config, momentum) ->
                  config.withAveraging(config.averaging().withOuterMomentum(momentum)));

  public static final Setting<MomentPolicy> MOMENTS =
      Setting.oneOf(
              "moments",
              "NAME",
              MomentPolicy.class,
              "What happens to the optimizer's moments at an averaging")
          .byPreset(AutoPreset::moments)
          .in(
              config -> config.averaging().moments(),
              (config, moments) -> config.withAveraging(config.averaging().withMoments(moments)));

  public static final Setting<Boolean> RESHUFFLE =
      Setting.flag("reshuffle", "Give each worker a new random share of the images every epoch.")
          .in(
              config -> config.averaging().reshuffle(),
              (config, reshuffle) ->
                  config.withAveraging(config.averaging().withReshuffle(reshuffle)));

  public static final Setting<WireFormat> WIRE =
      Setting.oneOf(
              "wire",
              "FORMAT",
              WireFormat.class,
              "How the numbers of a round cross between driver and executors: as they are, or"
                  + " rounded to fewer bits")
          .byPreset(AutoPreset::wire)
          .in(
              config -> config.averaging().wire(),
              (config, wire) -> config.withAveraging(config.averaging().withWire(wire)));

  public static final Setting<SumPlace> AVERAGING_PLACE =
      Setting.oneOf(
              "averaging",
              "WHERE",
              SumPlace.class,
              "Where the workers' results are added up, which changes no bit: on the driver, or sliced:"
                  + " part by part on the executors, so that the driver's memory and traffic do not"
                  + " grow with their number. Auto is sliced where a round's states are large")
          .withDefault(SumPlace.AUTO)
          .in(
              config -> config.averaging().place(),
              (config, place) -> config.withAveraging(config.averaging().withPlace(place)));

  public static final Setting<String> OUT =
      Setting.of(
          "out",
          "DIR",
          ValueReader.text(),
          "The run's folder, on any Hadoop file system.",
          "Default: runs/TIME-NAME; runs/APPLICATION-NAME on YARN in cluster mode.");

  public static final Setting<String> RESUME =
      Setting.of(
          "resume",
          "DIR",
          ValueReader.text(),
          "Go on with the run in this folder, on any number of slots. Settings that are not given"
              + " are the run's own; --out with an unfinished run's folder does the same.");

  public static final Setting<CheckpointEvery> CHECKPOINT_EVERY =
      Setting.oneOf(
              "checkpoint-every",
              "WHAT",
              CheckpointEvery.class,
              "How often a checkpoint is written, in the background")
          .withDefault(CheckpointEvery.EPOCH);

  public static final Setting<String> NAME =
      Setting.of("name", "TEXT", ValueReader.text(), "The run's name, for people.")
          .withDefault("train")
          .in(RunConfig::name, RunConfig::withName);

  public static final Setting<Boolean> OVERWRITE =
      Setting.flag(
          "overwrite",
          "Train from the start even if --out holds a run. It is replaced when the new one ends well.");

  public static final Setting<Language> LANG =
      Setting.oneOf(
              "lang",
              "CODE",
              Language.class,
              "The language of reports and of what the jobs print; errors and help are English")
          .withDefault(Language.EN)
          .in(RunConfig::language, RunConfig::withLanguage);

  public static final Setting<String> TENSORBOARD =
      Setting.of(
          "tensorboard",
          "DIR",
          ValueReader.text(),
          "Write the run's figures for TensorBoard to a folder of the run's name in DIR, on any"
              + " Hadoop file system, while it goes on.");

  public static final Setting<List<String>> LISTENER =
      Setting.of(
          "listener",
          "CLASSES",
          ValueReader.of(
              TrainSettings::readNames, names -> String.join(",", names), Map.of("type", "string")),
          "Classes that implement org.shardmean.run.RunListener and hear of the run, separated by"
              + " commas; give their jar with --jars.");

  public static final SettingGroup TRAINING_DATA =
      new SettingGroup(
          "Data", List.of(DATA, FEATURES, LABEL, WEIGHT, HANDLE_INVALID, MNIST_PATH, VALIDATION));

  public static final SettingGroup ANY_DATA = new SettingGroup("Data", List.of(DATA, MNIST_PATH));

  public static final SettingGroup NETWORK =
      new SettingGroup("Network", List.of(TASK, LAYERS, HIDDEN_ACTIVATION, INITIAL_WEIGHTS));

  public static final SettingGroup TRAINING =
      new SettingGroup(
          "Training",
          List.of(
              EPOCHS,
              BATCH_SIZE,
              OPTIMIZER,
              LEARNING_RATE,
              SCHEDULE,
              WARMUP,
              WEIGHT_DECAY,
              LABEL_SMOOTHING,
              INPUT_DROPOUT,
              SEED,
              ENGINE,
              SAME_BITS,
              PATIENCE,
              PRESET));

  public static final SettingGroup AVERAGING =
      new SettingGroup(
          "Averaging",
          List.of(
              WORKERS,
              ROUNDS_PER_EPOCH,
              OUTER,
              OUTER_RATE,
              OUTER_MOMENTUM,
              MOMENTS,
              RESHUFFLE,
              WIRE,
              AVERAGING_PLACE));

  public static final SettingGroup RUN_FOLDER =
      new SettingGroup(
          "Output",
          List.of(OUT, RESUME, CHECKPOINT_EVERY, NAME, OVERWRITE, LANG, TENSORBOARD, LISTENER));

  /** What decides how a training goes, wherever its files are. */
  public static final List<SettingGroup> OF_A_TRAINING =
      List.of(TRAINING_DATA, NETWORK, TRAINING, AVERAGING);

  /** All groups, in the order of help. */
  public static final List<SettingGroup> GROUPS =
      Stream.concat(OF_A_TRAINING.stream(), Stream.of(RUN_FOLDER)).toList();

  /** All settings, in the order of help. */
  public static final List<Setting<?>> ALL =
      GROUPS.stream()
          .<Setting<?>>flatMap(group -> group.settings().stream())
          .collect(Collectors.toUnmodifiableList());

  /** Those that a run's configuration holds: with the data, all that its result depends on. */
  public static final List<Setting<?>> OF_A_RUN =
      ALL.stream()
          .filter(setting -> setting.place().isPresent())
          .collect(Collectors.toUnmodifiableList());

  /** What files mean that were written before there was a setting, by its name. */
  public static final Map<String, String> IN_OLDER_FILES =
      Map.of(
          TASK.name(), ValueReader.written(Task.CLASSIFICATION),
          AVERAGING_PLACE.name(), ValueReader.written(SumPlace.AUTO));

  private TrainSettings() {}

  /**
   * A setting's value that a file holds, as {@link Setting#rewritten}; where an older file lacks
   * it, what that means.
   */
  public static String rewritten(Setting<?> setting, Object plain) {
    return setting.rewritten(plain == null ? IN_OLDER_FILES.get(setting.name()) : plain);
  }

  static Derived<List<Integer>> layersFor(Situation situation) {
    DataShape data = situation.data();
    if (situation.task() == Task.AUTOENCODER) {
      return new Derived<>(
          readLayers("%d-%s-%d".formatted(data.inputs(), AUTOENCODER_LAYERS, data.inputs())),
          "the data has %d pixels, which an autoencoder gives back".formatted(data.inputs()));
    }
    if (situation.task() == Task.REGRESSION) {
      return new Derived<>(
          readLayers(
              "%d-%s-%d".formatted(data.inputs(), HIDDEN_LAYERS, Math.max(1, data.targets()))),
          "the data has %s and %s"
              .formatted(
                  Sentence.counted(data.inputs(), "feature"),
                  Sentence.counted(data.targets(), "target")));
    }
    String layers = "%d-%s-%d".formatted(data.inputs(), HIDDEN_LAYERS, data.classes());
    return new Derived<>(
        readLayers(layers),
        "the data has %d pixels and %d classes".formatted(data.inputs(), data.classes()));
  }

  private static List<Integer> readLayers(String text) {
    return ModelSpec.parse(text, Activation.RELU).layers();
  }

  private static String writtenLayers(List<Integer> layers) {
    return layers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  private static ValueReader<List<String>> columns() {
    return ValueReader.of(
        text -> {
          List<String> names = List.of(text.split(",", -1));
          if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                "expected names of columns, separated by commas, found '" + text + "'");
          }
          return names;
        },
        names -> String.join(",", names),
        Map.of("type", "string"));
  }

  private static List<String> readNames(String text) {
    List<String> names = List.of(text.trim().split("\\s*,\\s*", -1));
    if (names.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "expected names of classes, separated by commas, found '" + text + "'");
    }
    return names;
  }

  private static String readData(String text) {
    String data = ValueReader.text().read(text).trim();
    if (data.startsWith(GENERATED + ":")) {
      ValueReader.wholeNumber(1).read(data.substring(GENERATED.length() + 1));
    }
    if (TableAddress.isOne(data)) {
      TableAddress.read(data);
    }
    return data;
  }
}
