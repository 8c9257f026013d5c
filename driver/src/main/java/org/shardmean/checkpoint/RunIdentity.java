package org.shardmean.checkpoint;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.shardmean.data.DataException;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.Kernels;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingReason;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.settings.Written;

/**
 * All that a run's bits depend on: with the same, another driver on another cluster goes on as if
 * it were the first.
 *
 * @param settings every setting of the run by its name, as a command line has it
 * @param dataChecksum of the training and test examples
 * @param processor names and BLAS kernels of the processors that train
 * @param preset what chose the settings that were not given; empty where it is not known
 * @param reasons for every setting that was derived, a line {@code name = value: reason}
 */
public record RunIdentity(
    SortedMap<String, String> settings,
    String dataChecksum,
    String processor,
    String preset,
    List<String> reasons) {
  private static final int VERSION = 1;

  /** Settings that change no bit; the data is told by its checksum, wherever it lies. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          TrainSettings.NAME.name(),
          TrainSettings.LANG.name(),
          TrainSettings.DATA.name(),
          TrainSettings.AVERAGING_PLACE.name());

  private static final RunConfig EMPTY =
      RunConfig.of(new ModelSpec(List.of(1, 1), Activation.RELU));

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public RunIdentity {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    requireNonNull(dataChecksum, "dataChecksum");
    requireNonNull(processor, "processor");
    requireNonNull(preset, "preset");
    reasons = List.copyOf(reasons);
  }

  /** Of a run whose settings were all given. */
  public static RunIdentity of(RunConfig config, String dataChecksum, String processor) {
    return new RunIdentity(
        Setting.texts(TrainSettings.OF_A_RUN, setting -> setting.writtenIn(config)),
        dataChecksum,
        processor,
        "",
        List.of());
  }

  /** The same with where the settings come from that were not given. */
  public RunIdentity derivedBy(String name, List<String> why) {
    return new RunIdentity(settings, dataChecksum, processor, name, why);
  }

  /**
   * The run's configuration.
   *
   * @throws IllegalArgumentException if a setting is missing or has a value that it cannot have
   */
  public RunConfig config() {
    RunConfig config = EMPTY;
    for (Setting<?> setting : TrainSettings.OF_A_RUN) {
      config = with(config, setting);
    }
    return config;
  }

  private <T> RunConfig with(RunConfig config, Setting<T> setting) {
    T value = setting.read(setting.rewritten(settings.get(setting.name())));
    return setting.place().orElseThrow().wither().apply(config, value);
  }

  /** What was asked for, and the run's own settings where nothing was. */
  public GivenSettings beneath(GivenSettings asked) {
    return asked.over(
        settings.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> Written.ofRun(entry.getKey(), entry.getValue()))));
  }

  /**
   * What was asked for and is not the run's own: a line each, in the order of help. More epochs may
   * be asked for.
   */
  public List<String> problemsWith(GivenSettings asked) {
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : TrainSettings.OF_A_RUN) {
      if (asked.isGiven(setting) && !WITHOUT_EFFECT.contains(setting.name())) {
        String found = written(asked, setting);
        String own = settings.get(setting.name());
        if (!found.equals(own) && !isMoreEpochs(setting, found, own)) {
          problems.add(
              asked.problemWith(
                  setting,
                  "expected %s, with which the run began, found %s; leave it out to go on, or train from the start with --overwrite"
                      .formatted(own, found)));
        }
      }
    }
    presetProblem(asked).ifPresent(problems::add);
    return problems;
  }

  /**
   * What tells another run from this one: settings, each as {@code seed 1 and 2}, or the data. More
   * epochs do not, nor do names.
   */
  List<String> differences(RunIdentity other) {
    List<String> differences = new ArrayList<>();
    for (Setting<?> setting : TrainSettings.OF_A_RUN) {
      String own = settings.get(setting.name());
      String found = other.settings.get(setting.name());
      boolean mayDiffer =
          WITHOUT_EFFECT.contains(setting.name()) || setting.equals(TrainSettings.EPOCHS);
      if (!mayDiffer && !own.equals(found)) {
        differences.add("%s %s and %s".formatted(setting.name(), own, found));
      }
    }
    if (!dataChecksum.equals(other.dataChecksum)) {
      differences.add("data");
    }
    return differences;
  }

  /** Another preset changes nothing where all that a preset chooses was given. */
  private Optional<String> presetProblem(GivenSettings asked) {
    String found = ValueReader.written(asked.get(TrainSettings.PRESET));
    List<String> chosen = reasons.stream().filter(RunIdentity::isByPreset).toList();
    return !asked.isGiven(TrainSettings.PRESET)
            || preset.isEmpty()
            || found.equals(preset)
            || chosen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            asked.problemWith(
                TrainSettings.PRESET,
                "expected %s, which chose %s, found %s; leave it out to go on, or train from the start with --overwrite"
                    .formatted(
                        preset,
                        chosen.stream()
                            .map(line -> line.substring(0, line.indexOf(": ")))
                            .collect(Collectors.joining(", ")),
                        found)));
  }

  private static boolean isByPreset(String reason) {
    return TrainSettings.OF_A_RUN.stream()
        .filter(Setting::isByPreset)
        .anyMatch(setting -> SettingReason.find(List.of(reason), setting).isPresent());
  }

  private static <T> String written(GivenSettings asked, Setting<T> setting) {
    return setting.rewritten(setting.reader().plain(asked.get(setting)));
  }

  private static boolean isMoreEpochs(Setting<?> setting, String found, String own) {
    return setting.equals(TrainSettings.EPOCHS) && Integer.parseInt(found) > Integer.parseInt(own);
  }

  /** The kernels that compute, such as {@code SkylakeX}: others may round otherwise. */
  public Set<String> kernels() {
    return Kernels.in(processor);
  }

  /** As JSON. */
  byte[] write() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    ObjectNode names = root.putObject("settings");
    settings.forEach(names::put);
    root.put("dataChecksum", dataChecksum);
    root.put("processor", processor);
    root.put("preset", preset);
    reasons.forEach(root.putArray("reasons")::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts can always be written", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param source the file's name, for messages
   * @throws DataException if it is not that
   */
  static RunIdentity read(String source, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root.path("version").asInt() != VERSION) {
        throw new IllegalArgumentException("version " + root.path("version").asText());
      }
      SortedMap<String, String> settings = new TreeMap<>();
      root.path("settings")
          .fields()
          .forEachRemaining(field -> settings.put(field.getKey(), text(field.getValue())));
      TrainSettings.IN_OLDER_FILES.forEach((name, text) -> settings.putIfAbsent(name, text));
      RunIdentity identity =
          new RunIdentity(
              settings,
              text(root.path("dataChecksum")),
              text(root.path("processor")),
              root.path("preset").asText(""), // Not in those of before.
              texts(root.path("reasons")));
      identity.config();
      return identity;
    } catch (JsonProcessingException e) {
      throw unusable(source, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw unusable(source, e.getMessage(), e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text(text)));
    return texts;
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("a value that is no text, or none");
    }
    return node.textValue();
  }

  private static DataException unusable(String source, String found, Exception cause) {
    return new DataException(
        "%s: expected the settings of a run, found: %s; the file was changed or cut"
            .formatted(source, String.valueOf(found).lines().findFirst().orElse("nothing")),
        cause);
  }
}
