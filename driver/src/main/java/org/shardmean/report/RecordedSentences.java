package org.shardmean.report;

import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.shardmean.run.Language;

/**
 * The English sentences of a run's record, such as why a setting was chosen or what disturbed the
 * run, in another language. A record is in English whatever the report's language is, so that every
 * report of it, also a later one, can be in any language.
 *
 * <p>A sentence is found by the English texts whose keys begin with {@code record.}. What it was
 * filled in with goes to its place in the other language's text: a number as that language writes
 * it, a sentence that is known too in that language, anything else as it is.
 */
public final class RecordedSentences {
  static final String PREFIX = "record.";

  private static final Pattern PLACE = Pattern.compile("\\{\\d+}");
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,3}(,\\d{3})*(\\.\\d+)?|-?\\d+(\\.\\d+)?");

  /** The longest first; their places are numbered as they stand. */
  private static final List<Known> KNOWN = known(Texts.of(Language.EN));

  private RecordedSentences() {}

  /** One text, with a group for each of its places; that of a number of things is a number. */
  private record Known(String key, Pattern english) {}

  private static List<Known> known(Texts english) {
    return english.keys().stream()
        .filter(key -> key.startsWith(PREFIX))
        .sorted(
            Comparator.comparing((String key) -> -english.pattern(key).length())
                .thenComparing(Comparator.naturalOrder()))
        .map(key -> new Known(key, pattern(key, english.pattern(key))))
        .toList();
  }

  private static Pattern pattern(String key, String text) {
    boolean isCounted = key.endsWith(Texts.ONE) || key.endsWith(Texts.OTHER);
    StringBuilder pattern = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    int at = 0;
    while (place.find()) {
      pattern.append(Pattern.quote(text.substring(at, place.start())));
      pattern.append(isCounted && place.group().equals("{0}") ? "(-?[0-9][0-9,.]*)" : "(.+?)");
      at = place.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(text.substring(at))).toString());
  }

  /**
   * A sentence in the language of {@code texts}, and of rows where those are; as it is where it is
   * not known.
   */
  public static String in(Texts texts, String sentence) {
    boolean isAsRecorded = texts.locale().equals(Language.EN.locale()) && !texts.isOfRows();
    return isAsRecorded ? sentence : translated(texts, sentence);
  }

  /** The text that a sentence was made from, with what it was filled in with. */
  static Optional<Found> find(String sentence) {
    return KNOWN.stream()
        .map(one -> new Found(one.key(), one.english().matcher(sentence)))
        .filter(found -> found.match().matches())
        .findFirst();
  }

  /** A text that matched. */
  record Found(String key, Matcher match) {
    /** What stands in its places, in the order of the text. */
    List<String> values() {
      return IntStream.rangeClosed(1, match.groupCount()).mapToObj(match::group).toList();
    }
  }

  private static String translated(Texts texts, String sentence) {
    return find(sentence)
        .map(
            found ->
                texts.text(
                    keyIn(texts, found.key()),
                    found.values().stream().map(value -> value(texts, value)).toArray()))
        .orElse(sentence);
  }

  /** Not every language has a form for one. */
  private static String keyIn(Texts texts, String key) {
    return texts.keys().contains(key) || !key.endsWith(Texts.ONE)
        ? key
        : key.substring(0, key.length() - Texts.ONE.length()) + Texts.OTHER;
  }

  private static String value(Texts texts, String english) {
    return NUMBER.matcher(english).matches()
        ? number(texts.locale(), english)
        : translated(texts, english);
  }

  private static String number(Locale locale, String english) {
    int point = english.indexOf('.');
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(point < 0 ? 0 : english.length() - point - 1);
    format.setMaximumFractionDigits(format.getMinimumFractionDigits());
    format.setGroupingUsed(english.indexOf(',') >= 0);
    return format.format(
        NumberFormat.getNumberInstance(Locale.ENGLISH).parse(english, new ParsePosition(0)));
  }
}
