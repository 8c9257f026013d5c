package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.shardmean.run.Language;

/**
 * Every text that a report or the console shows, in one language. The texts stand in {@code
 * texts_<language>.properties} beside this class, in UTF-8; {@code {0}}, {@code {1}} … in them
 * stand for what is filled in.
 */
public final class Texts {
  /** What a key of a text for one thing ends with, and one for any other number. */
  static final String ONE = ".one";

  static final String OTHER = ".other";

  /** As many places as any text has. */
  private static final int MOST_PLACES = 12;

  /** What keys of texts on a console begin with. */
  private static final List<String> ON_CONSOLES = List.of("console.", "said.");

  /** What a key begins with whose text takes the place of another one where data is rows. */
  static final String OF_ROWS = "rows.";

  private final Locale locale;
  private final Properties texts;
  private final boolean isOfRows;

  private Texts(Locale locale, Properties texts, boolean isOfRows) {
    this.locale = locale;
    this.texts = texts;
    this.isOfRows = isOfRows;
  }

  /** The texts of a language. */
  public static Texts of(Language language) {
    String file = "texts_" + language.locale().getLanguage() + ".properties";
    Properties texts = new Properties();
    try (Reader reader =
        new InputStreamReader(
            requireNonNull(Texts.class.getResourceAsStream(file), file), StandardCharsets.UTF_8)) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " inside the jar cannot be read", e);
    }
    return new Texts(language.locale(), texts, false);
  }

  /**
   * The same language's texts for a run on rows of numbers, which are not called images.
   *
   * @param rows whether it is one
   */
  public Texts ofRows(boolean rows) {
    return new Texts(locale, texts, rows);
  }

  /** Whether they are those for rows of numbers. */
  boolean isOfRows() {
    return isOfRows;
  }

  /** What numbers are written by. */
  public Locale locale() {
    return locale;
  }

  /** The language's code, for the page's {@code lang}. */
  String language() {
    return locale.getLanguage();
  }

  /** Every key there is a text for. */
  public Set<String> keys() {
    return texts.stringPropertyNames();
  }

  /**
   * The text of a key, filled in. Nothing is escaped here.
   *
   * @throws IllegalArgumentException when there is none
   */
  public String text(String key, Object... values) {
    String text = isOfRows ? texts.getProperty(OF_ROWS + key) : null;
    text = text == null ? texts.getProperty(key) : text;
    if (text == null) {
      throw new IllegalArgumentException(
          "no text %s in texts_%s.properties".formatted(key, language()));
    }
    return filledIn(text, values);
  }

  /** The text of a key as it is, for a script to fill in. */
  public String pattern(String key) {
    return text(key, IntStream.range(0, MOST_PLACES).mapToObj(p -> "{" + p + "}").toArray());
  }

  /**
   * The text of a key for a number of things: that of {@code key.one} for one, where the language
   * has such a form, else that of {@code key.other}. The number, written as people write it, is
   * filled in for {@code {0}}.
   */
  public String counted(String key, long count, Object... values) {
    Object[] filled = new Object[values.length + 1];
    filled[0] = new Figures(locale).count(count);
    System.arraycopy(values, 0, filled, 1, values.length);
    boolean isOne = count == 1 && texts.containsKey(key + ONE);
    return text(key + (isOne ? ONE : OTHER), filled);
  }

  /** Numbers by {@link String#format(Locale, String, Object...)}, as the language writes them. */
  public String number(String pattern, Object... values) {
    return String.format(locale, pattern, values);
  }

  /** A change of a share, in points with its sign: {@code +0.12}; {@code +0.00}, never -0.00. */
  public String points(double change) {
    return number("%+.2f", Math.round(change * 1e4) / 1e2);
  }

  /** Whole sentences, one after the other, as the language writes them. */
  public String passage(List<String> sentences) {
    return sentences.stream()
        .filter(sentence -> !sentence.isEmpty())
        .reduce((before, next) -> text("said.next", before, next))
        .orElse("");
  }

  /** Whether a charset has all characters of the texts for the console. */
  public boolean canBeWrittenIn(Charset charset) {
    CharsetEncoder encoder = charset.newEncoder();
    return keys().stream()
        .filter(Texts::isOnConsoles)
        .allMatch(key -> encoder.canEncode(texts.getProperty(key)));
  }

  private static boolean isOnConsoles(String key) {
    String own = key.startsWith(OF_ROWS) ? key.substring(OF_ROWS.length()) : key;
    return ON_CONSOLES.stream().anyMatch(own::startsWith);
  }

  /** Some texts in a row, as the language writes them: {@code a, b, c}. */
  public String list(List<String> items) {
    return items.stream().reduce((before, next) -> text("list", before, next)).orElse("");
  }

  /** In one pass, so that a value which itself reads {@code {0}} is left alone. */
  private static String filledIn(String text, Object... values) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (close < 0) {
        break;
      }
      filled.append(text, at, open);
      filled.append(values[Integer.parseInt(text.substring(open + 1, close))]);
      at = close + 1;
    }
    return filled.append(text, at, text.length()).toString();
  }
}
