package org.shardmean.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Task;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;

/** One resolution: each setting as it was given, or else as it is derived. */
final class RunResolution implements Situation {
  /** What the settings are put into; none of it stays. */
  private static final RunConfig EMPTY =
      RunConfig.of(new ModelSpec(List.of(1, 1), Activation.RELU));

  private final GivenSettings given;
  private final DataShape data;
  private final Slots slots;
  private final List<String> reasons = new ArrayList<>();

  /** Found once, because all that the preset chooses asks for it; null until then. */
  private Derived<Integer> workers;

  RunResolution(GivenSettings given, DataShape data, Slots slots) {
    this.given =
        data.targets() > 0 && !given.isGiven(TrainSettings.TASK)
            ? given.under(TrainSettings.TASK, Task.REGRESSION, "the data's targets")
            : given;
    this.data = data;
    this.slots = slots;
  }

  ResolvedRun resolve() {
    refuse(given.problems(TrainSettings.GROUPS));
    if (task() == Task.REGRESSION && data.targets() == 0) {
      refuse(
          List.of(
              given.problemWith(
                  TrainSettings.TASK,
                  "expected data with targets for regression, found labels; give a table with --label, or from Java rows with targets")));
    }
    RunConfig config = settled();
    refuse(
        Feasibility.problems(config, data).stream()
            .map(problem -> line(problem, config))
            .distinct()
            .toList());
    return new ResolvedRun(config, reasons, given.isOn(TrainSettings.SAME_BITS));
  }

  private RunConfig settled() {
    RunConfig config = EMPTY;
    for (Setting<?> setting : TrainSettings.OF_A_RUN) {
      config = settle(setting, config);
    }
    return config;
  }

  /** The network of a run that is gone on with is as it is: then the data is not the run's. */
  private String line(Feasibility.Problem problem, RunConfig config) {
    boolean isOtherData =
        problem.setting().equals(TrainSettings.LAYERS) && given.isOfRun(TrainSettings.LAYERS);
    return isOtherData
        ? "%s: expected the run's own data, which its network %s was made for, found %,d inputs and %d classes; give the data that the run began with"
            .formatted(
                TrainSettings.DATA.option(),
                config.model().written(),
                data.inputs(),
                data.classes())
        : given.problemWith(problem.setting(), problem.what());
  }

  private <T> RunConfig settle(Setting<T> setting, RunConfig config) {
    T value = given.find(setting).orElseGet(() -> derive(setting));
    return setting.place().orElseThrow().wither().apply(config, value);
  }

  private <T> T derive(Setting<T> setting) {
    Derived<T> derived = setting.derivation().orElseThrow().rule().apply(this);
    String value = String.valueOf(setting.reader().plain(derived.value()));
    reasons.add(
        new SettingReason(
                setting.name(),
                value,
                derived.reason(),
                byDefaultPreset(setting).filter(other -> !other.equals(value)))
            .line());
    return derived.value();
  }

  /** What the lecture's training is compared with; empty for other presets. */
  private <T> Optional<String> byDefaultPreset(Setting<T> setting) {
    if (given.get(TrainSettings.PRESET) != Preset.LECTURE) {
      return Optional.empty();
    }
    GivenSettings byDefault = given.under(TrainSettings.PRESET, Preset.AUTO, "by default");
    T other =
        setting
            .derivation()
            .orElseThrow()
            .rule()
            .apply(new RunResolution(byDefault, data, slots))
            .value();
    return Optional.of(String.valueOf(setting.reader().plain(other)));
  }

  @Override
  public Task task() {
    return given.get(TrainSettings.TASK);
  }

  @Override
  public DataShape data() {
    return data;
  }

  @Override
  public Slots slots() {
    return slots;
  }

  @Override
  public Derived<Integer> workers() {
    if (workers == null) {
      workers = chooseWorkers();
    }
    return workers;
  }

  private Derived<Integer> chooseWorkers() {
    int most = Math.min(slots.count(), data.trainExamples());
    String origin =
        most < slots.count() ? "training images, fewer than task slots" : slots.origin();
    Preset preset = given.get(TrainSettings.PRESET);
    if (preset == Preset.LECTURE) {
      return new Derived<>(1, "the lecture trains one network");
    }
    if (preset != Preset.AUTO) {
      return new Derived<>(most, origin);
    }
    TrainingTime time =
        new TrainingTime(parameters(), data.trainExamples(), given.get(TrainSettings.EPOCHS));
    return TrainingTime.fastestWorkers(most, count -> seconds(time, count), origin);
  }

  private int parameters() {
    List<Integer> layers =
        given.find(TrainSettings.LAYERS).orElseGet(() -> TrainSettings.layersFor(this).value());
    return new ModelSpec(layers, Activation.RELU).parameters();
  }

  /** Seconds that the training takes by the preset's constants. */
  private double seconds(TrainingTime time, int count) {
    AutoPreset chosen = preset(count);
    return time.seconds(
        count,
        given.find(TrainSettings.BATCH_SIZE).orElse(chosen.batchSize().value()),
        given.find(TrainSettings.ROUNDS_PER_EPOCH).orElse(chosen.roundsPerEpoch().value()),
        given.find(TrainSettings.WIRE).orElse(chosen.wire().value()));
  }

  @Override
  public AutoPreset preset() {
    return preset(given.find(TrainSettings.WORKERS).orElseGet(() -> workers().value()));
  }

  private AutoPreset preset(int count) {
    return given
        .get(TrainSettings.PRESET)
        .derive(
            task(),
            new RunSize(
                count,
                given.get(TrainSettings.EPOCHS),
                Math.max(count, data.trainExamples()),
                parameters()),
            given.find(TrainSettings.ROUNDS_PER_EPOCH),
            given.find(TrainSettings.BATCH_SIZE));
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
