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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shardmean.data.DataException;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.Written;

/**
 * All that a run's bits depend on: with the same, another driver on another cluster goes on as if
 * it were the first.
 *
 * @param settings every setting of the run by its name, as a command line has it
 * @param dataChecksum of the training and test examples
 * @param processor names and BLAS kernels of the processors that train
 */
public record RunIdentity(
    SortedMap<String, String> settings, String dataChecksum, String processor) {
  private static final int VERSION = 1;

  /** Settings that change no bit; the data is told by its checksum, wherever it lies. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(TrainSettings.NAME.name(), TrainSettings.LANG.name(), TrainSettings.DATA.name());

  private static final RunConfig EMPTY =
      RunConfig.of(new ModelSpec(List.of(1, 1), Activation.RELU));

  /** {@code Name (Kernel)}, several separated by semicolons. */
  private static final Pattern KERNEL = Pattern.compile("\\(([^()]*)\\)(?:;|$)");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public RunIdentity {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    requireNonNull(dataChecksum, "dataChecksum");
    requireNonNull(processor, "processor");
  }

  /** Of a run. */
  public static RunIdentity of(RunConfig config, String dataChecksum, String processor) {
    return new RunIdentity(
        Setting.texts(TrainSettings.OF_A_RUN, setting -> setting.writtenIn(config)),
        dataChecksum,
        processor);
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
                    Map.Entry::getKey,
                    entry -> new Written(entry.getValue(), "the run's " + entry.getKey()))));
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
    return problems;
  }

  private static <T> String written(GivenSettings asked, Setting<T> setting) {
    return setting.rewritten(setting.reader().plain(asked.get(setting)));
  }

  private static boolean isMoreEpochs(Setting<?> setting, String found, String own) {
    return setting.equals(TrainSettings.EPOCHS) && Integer.parseInt(found) > Integer.parseInt(own);
  }

  /** The kernels that compute, such as {@code SkylakeX}: others may round otherwise. */
  public Set<String> kernels() {
    return KERNEL
        .matcher(processor)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As JSON. */
  byte[] write() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    ObjectNode names = root.putObject("settings");
    settings.forEach(names::put);
    root.put("dataChecksum", dataChecksum);
    root.put("processor", processor);
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
      RunIdentity identity =
          new RunIdentity(settings, text(root.path("dataChecksum")), text(root.path("processor")));
      identity.config();
      return identity;
    } catch (JsonProcessingException e) {
      throw unusable(source, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw unusable(source, e.getMessage(), e);
    }
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
