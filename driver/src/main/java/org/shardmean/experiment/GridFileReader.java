package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Sentence;
import org.shardmean.settings.NearestName;
import org.shardmean.settings.PropertiesText;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.settings.Written;

/** One reading of a grid's file; mistakes are gathered while it is read. */
final class GridFileReader {
  private static final String GUIDE = "docs/experiments.md";
  private static final String VARIANT = "variant.";

  /** Far more than anybody waits for; each keeps a folder of its own. */
  private static final int MOST_POINTS = 100_000;

  private static final String SEEDS = "seeds";
  private static final String REPEATS = "repeats";
  private static final String CORES = "cores";
  private static final String ORDER_SEED = "order-seed";
  private static final String IMAGES_PER_WORKER = "images-per-worker";
  private static final String TARGET_ACCURACY = "target-accuracy";
  private static final String PRICE = "price-per-core-hour";
  private static final String MAY_DIVERGE = "may-diverge";

  /** Names that a grid adds to those of {@code train}. */
  private static final List<String> OWN =
      List.of(
          SEEDS,
          REPEATS,
          CORES,
          ORDER_SEED,
          IMAGES_PER_WORKER,
          TARGET_ACCURACY,
          PRICE,
          MAY_DIVERGE);

  /** Settings that have one value, in which commas separate nothing. */
  private static final List<Setting<?>> SINGLE =
      List.of(TrainSettings.NAME, TrainSettings.LANG, TrainSettings.MNIST_PATH);

  /** Settings that may have several values: workers first, the others in the order of help. */
  private static final List<Setting<?>> LISTS =
      Stream.concat(
              Stream.<Setting<?>>of(TrainSettings.WORKERS),
              TrainSettings.ALL.stream()
                  .filter(setting -> !TrainSettings.RUN_FOLDER.settings().contains(setting))
                  .filter(setting -> !SINGLE.contains(setting))
                  .filter(setting -> !setting.equals(TrainSettings.SEED)))
          .distinct()
          .toList();

  private final String text;
  private final String origin;
  private final Map<String, Written> written;
  private final Set<Mistake> mistakes = new LinkedHashSet<>();

  /**
   * Something wrong.
   *
   * @param line of the file; 0 for the file as a whole
   */
  private record Mistake(int line, String problem) {}

  GridFileReader(String text, String origin) {
    this.text = text;
    this.origin = origin;
    this.written = PropertiesText.parse(text, origin);
  }

  GridFile read(String fileName) {
    refuseUnknown();
    Map<String, List<Written>> varied = new LinkedHashMap<>();
    Map<String, Written> fixed = new LinkedHashMap<>();
    for (Setting<?> setting : LISTS) {
      List<Written> values = valuesOf(setting);
      if (values.size() > 1) {
        varied.put(setting.name(), values);
      } else {
        values.forEach(value -> fixed.put(setting.name(), value));
      }
    }
    for (Setting<?> setting : SINGLE) {
      single(setting.name(), setting.reader())
          .ifPresent(value -> fixed.put(setting.name(), written.get(setting.name())));
    }
    Map<String, Map<String, Written>> variants = variants(varied.keySet());
    checkWeak(variants);
    GridFile file =
        new GridFile(
            single(TrainSettings.NAME.name(), TrainSettings.NAME.reader()).orElse(fileName),
            varied,
            fixed,
            variants,
            list(CORES, ValueReader.wholeNumber(1)).orElse(List.of(0)),
            list(SEEDS, ValueReader.anyWholeNumber())
                .orElseGet(() -> List.of(TrainSettings.SEED.standard().orElseThrow())),
            single(REPEATS, ValueReader.wholeNumber(1)).orElse(1),
            single(ORDER_SEED, ValueReader.anyWholeNumber()).orElse(1L),
            single(IMAGES_PER_WORKER, ValueReader.wholeNumber(1)).orElse(0),
            single(TARGET_ACCURACY, ValueReader.share()).orElse(Double.NaN),
            single(PRICE, ValueReader.aboveZero()).orElse(0.0),
            single(MAY_DIVERGE, ValueReader.flag()).orElse(false),
            text);
    checkSize(file);
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(
          mistakes.stream()
              .sorted(Comparator.comparingInt(Mistake::line))
              .map(Mistake::problem)
              .toList());
    }
    return file;
  }

  private void refuseUnknown() {
    Set<String> known = new TreeSet<>(OWN);
    Stream.concat(LISTS.stream(), SINGLE.stream()).forEach(setting -> known.add(setting.name()));
    for (String key : written.keySet()) {
      if (key.equals(TrainSettings.SEED.name())) {
        problem(key, "expected 'seeds', as in 'seeds = 1, 2, 3': every setup has the same seeds");
      } else if (!known.contains(key) && isOf(TrainSettings.RUN_FOLDER.settings(), key)) {
        problem(key, "a grid writes its runs to folders of its own; leave this out");
      } else if (!known.contains(key) && !key.startsWith(VARIANT)) {
        problem(key, "unknown in a grid" + nearest(key, known));
      }
    }
  }

  /** The settings of each variant, by the variant's name. */
  private Map<String, Map<String, Written>> variants(Set<String> varied) {
    Map<String, Map<String, Written>> variants = new TreeMap<>();
    for (String key : written.keySet()) {
      if (key.startsWith(VARIANT)) {
        String[] parts = key.substring(VARIANT.length()).split("\\.", 2);
        if (parts.length < 2 || !parts[0].matches("[A-Za-z0-9_-]+")) {
          problem(
              key, "expected variant.NAME.SETTING, with a NAME of letters, digits, '-' and '_'");
        } else if (mayHave(key, parts[1], varied)) {
          variants
              .computeIfAbsent(parts[0], name -> new LinkedHashMap<>())
              .put(parts[1], written.get(key));
        }
      }
    }
    return variants;
  }

  /** Whether a variant may have a setting of its own; notes why not. */
  private boolean mayHave(String key, String setting, Set<String> varied) {
    if (setting.equals(TrainSettings.SEED.name()) || setting.equals(CORES)) {
      problem(
          key,
          "every variant is run with the same %s; leave this out"
              .formatted(setting.equals(CORES) ? "cores" : "seeds"));
      return false;
    }
    if (varied.contains(setting)) {
      problem(
          key,
          "expected no list of '%s' beside it, since a variant is run with each of its values; leave one of them out"
              .formatted(setting));
      return false;
    }
    Optional<Setting<?>> known =
        LISTS.stream().filter(one -> one.name().equals(setting)).findFirst();
    if (known.isEmpty()) {
      problem(
          key,
          "expected a setting of train, found '%s'%s"
              .formatted(setting, nearest(setting, LISTS.stream().map(Setting::name).toList())));
      return false;
    }
    return single(key, known.get().reader()).isPresent();
  }

  /** Weak scaling needs workers, and makes its data itself. */
  private void checkWeak(Map<String, Map<String, Written>> variants) {
    if (!written.containsKey(IMAGES_PER_WORKER)) {
      return;
    }
    String workers = TrainSettings.WORKERS.name();
    String data = TrainSettings.DATA.name();
    boolean everywhere =
        !variants.isEmpty() && variants.values().stream().allMatch(one -> one.containsKey(workers));
    if (!written.containsKey(workers) && !everywhere) {
      problem(IMAGES_PER_WORKER, "expected 'workers' beside it, such as 'workers = 1, 2, 4'");
    }
    if (written.containsKey(data)
        || variants.values().stream().anyMatch(one -> one.containsKey(data))) {
      problem(
          IMAGES_PER_WORKER,
          "expected no 'data' beside it, since every worker gets generated digits; leave one of them out");
    }
  }

  private void checkSize(GridFile file) {
    if (file.points() > MOST_POINTS) {
      mistakes.add(
          new Mistake(
              0,
              Sentence.of(
                  "%s: expected at most %,d points, found %,d: every combination of the lists, with every seed and repeat; leave some out",
                  origin, MOST_POINTS, file.points())));
    }
  }

  /** A setting's values, as the setting writes them; none where the file has none. */
  private <T> List<Written> valuesOf(Setting<T> setting) {
    return list(setting.name(), setting.reader()).orElse(List.of()).stream()
        .map(value -> String.valueOf(setting.reader().plain(value)))
        .map(value -> new Written(value, written.get(setting.name()).where()))
        .toList();
  }

  /** The values of a list; none where the file has none, or one of them cannot be read. */
  private <T> Optional<List<T>> list(String key, ValueReader<T> reader) {
    if (!written.containsKey(key)) {
      return Optional.empty();
    }
    int before = mistakes.size();
    List<T> values = new ArrayList<>();
    for (String part : parts(key)) {
      read(key, part, reader).ifPresent(values::add);
    }
    if (new HashSet<>(values).size() < values.size()) {
      problem(key, "expected each value once, found '%s'".formatted(written.get(key).text()));
    }
    return mistakes.size() == before ? Optional.of(values) : Optional.empty();
  }

  /**
   * The parts of a list. Commas separate them; within double quotes a comma is a part of the value,
   * and two double quotes stand for one.
   */
  private List<String> parts(String key) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    String list = written.get(key).text();
    boolean quoted = false;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '"' && quoted && list.startsWith("\"\"", i)) {
        part.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        parts.add(part.toString().trim());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    if (quoted) {
      problem(key, "expected a second double quote, found one in '%s'".formatted(list));
    }
    parts.add(part.toString().trim());
    return parts;
  }

  private <T> Optional<T> single(String key, ValueReader<T> reader) {
    return Optional.ofNullable(written.get(key)).flatMap(one -> read(key, one.text(), reader));
  }

  private <T> Optional<T> read(String key, String value, ValueReader<T> reader) {
    try {
      return Optional.of(reader.read(value));
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage());
      return Optional.empty();
    }
  }

  private void problem(String key, String what) {
    String where = written.get(key).where();
    mistakes.add(new Mistake(line(where), where + ": " + what));
  }

  /** The line in where a setting was written: {@code ORIGIN, line 3: KEY}. */
  private int line(String where) {
    String rest = where.substring(origin.length() + ", line ".length());
    return Integer.parseInt(rest.substring(0, rest.indexOf(':')));
  }

  private static boolean isOf(List<Setting<?>> settings, String name) {
    return settings.stream().anyMatch(setting -> setting.name().equals(name));
  }

  private static String nearest(String name, Collection<String> names) {
    return NearestName.of(name, names)
        .map(near -> ", did you mean " + near + "?")
        .orElse("; see " + GUIDE);
  }
}
