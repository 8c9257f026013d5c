package org.shardmean.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a table is and which of its columns are what, in one text: {@code
 * people.csv#label=kind&features=age,height*}. Names are written as in the parameters of an
 * address, so that {@code &}, {@code ,} and blanks in them are told from those between them.
 *
 * @param path a file, a folder of files, or a pattern such as {@code part-*.parquet}, on any of
 *     Hadoop's file systems
 * @param features names of columns, or patterns with {@code *}; empty for all that are left
 * @param labels the columns to learn: a class, or for regression one or more numbers; empty for one
 *     of the name label, if there is one
 * @param weight the column by which a row's gradient counts; empty where each counts as one
 * @param invalid what becomes of rows that cannot be examples; empty for what a job does then
 */
public record TableAddress(
    String path,
    List<String> features,
    List<String> labels,
    Optional<String> weight,
    Optional<InvalidRows> invalid) {
  private static final String FEATURES = "features";
  private static final String LABEL = "label";
  private static final String WEIGHT = "weight";
  private static final String INVALID = "handle-invalid";
  private static final Set<String> KEYS = Set.of(FEATURES, LABEL, WEIGHT, INVALID);

  /** What Spark reads, by the end of a file's name. */
  public enum Format {
    PARQUET("parquet"),
    CSV("csv"),
    JSON("json|jsonl|ndjson"),
    LIBSVM("libsvm|svm");

    /** A regular expression. */
    private final String endings;

    Format(String endings) {
      this.endings = endings;
    }

    /** The format of a file by its name; packed files have a second ending. */
    public static Optional<Format> of(String name) {
      String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|snappy)$", "");
      return Arrays.stream(values())
          .filter(format -> lower.matches("(?s).*\\.(" + format.endings + ")"))
          .findFirst();
    }
  }

  public TableAddress {
    requireNonNull(path, "path");
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    requireNonNull(weight, "weight");
    requireNonNull(invalid, "invalid");
    if (path.isEmpty()) {
      throw new IllegalArgumentException("expected the path of a table, found nothing");
    }
  }

  /**
   * Whether a text is the address of a table rather than of images: it names columns, or a file
   * that Spark reads.
   */
  public static boolean isOne(String text) {
    String path = text.split("#", 2)[0].replaceFirst("/+$", "");
    return text.contains("#") || Format.of(path).isPresent();
  }

  /**
   * Reads what {@link #written} wrote.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static TableAddress read(String text) {
    String[] parts = text.split("#", 2);
    Map<String, String> named = new LinkedHashMap<>();
    if (parts.length > 1 && !parts[1].isEmpty()) {
      for (String part : parts[1].split("&", -1)) {
        String[] pair = part.split("=", 2);
        if (pair.length < 2 || pair[1].isEmpty() || !KEYS.contains(pair[0])) {
          throw new IllegalArgumentException(
              "expected PATH#features=...&label=...&weight=...&handle-invalid=..., found '%s' behind the '#'"
                  .formatted(part));
        }
        named.put(pair[0], pair[1]);
      }
    }
    return new TableAddress(
        parts[0],
        names(named.get(FEATURES)),
        names(named.get(LABEL)),
        names(named.get(WEIGHT)).stream().findFirst(),
        Optional.ofNullable(named.get(INVALID)).map(InvalidRows::read));
  }

  private static List<String> names(String list) {
    return list == null
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(name -> URLDecoder.decode(name, UTF_8)).toList();
  }

  /** The address as one text. */
  public String written() {
    List<String> parts = new ArrayList<>();
    add(parts, FEATURES, features);
    add(parts, LABEL, labels);
    add(parts, WEIGHT, weight.stream().toList());
    add(parts, INVALID, invalid.map(InvalidRows::written).stream().toList());
    return parts.isEmpty() ? path : path + "#" + String.join("&", parts);
  }

  private static void add(List<String> parts, String key, List<String> names) {
    if (!names.isEmpty()) {
      parts.add(key + "=" + String.join(",", names.stream().map(TableAddress::encoded).toList()));
    }
  }

  /** A {@code *} stays one. */
  private static String encoded(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  /** This address with other columns, and another policy, where those are given. */
  public TableAddress with(
      List<String> otherFeatures,
      List<String> otherLabels,
      Optional<String> otherWeight,
      Optional<InvalidRows> otherInvalid) {
    return new TableAddress(
        path,
        otherFeatures.isEmpty() ? features : otherFeatures,
        otherLabels.isEmpty() ? labels : otherLabels,
        otherWeight.or(() -> weight),
        otherInvalid.or(() -> invalid));
  }

  /** The last part of the path, for people. */
  public String name() {
    return path.replaceFirst("/+$", "").replaceFirst(".*/", "");
  }
}
