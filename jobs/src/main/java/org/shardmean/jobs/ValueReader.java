package org.shardmean.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Makes a setting's value from its text, wherever the text was written.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
interface ValueReader<T> {

  /**
   * The value of {@code text}.
   *
   * @throws IllegalArgumentException if the text is no such value; the message says what was
   *     expected and what was found
   */
  T read(String text);

  /** Any text but an empty one. */
  static ValueReader<String> text() {
    return text -> {
      if (text.isBlank()) {
        throw expected("a value", text);
      }
      return text;
    };
  }

  /** {@code true} or {@code false}. */
  static ValueReader<Boolean> flag() {
    return text ->
        switch (text.toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw expected("true or false", text);
        };
  }

  /** A whole number of at least {@code least}. */
  static ValueReader<Integer> wholeNumber(int least) {
    return wholeNumber(least, Integer.MAX_VALUE, Math::toIntExact);
  }

  /** Any whole number that fits 64 bits. */
  static ValueReader<Long> anyWholeNumber() {
    return wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE, number -> number);
  }

  private static <T> ValueReader<T> wholeNumber(long least, long most, LongFunction<T> as) {
    String range =
        least == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + least;
    return text -> {
      try {
        long number = Long.parseLong(text.trim());
        if (number >= least && number <= most) {
          return as.apply(number);
        }
      } catch (NumberFormatException e) {
        // Told below, together with numbers out of range.
      }
      throw expected(range, text);
    };
  }

  /** A finite number above 0. */
  static ValueReader<Double> aboveZero() {
    return number("a number above 0, such as 0.001", number -> number > 0);
  }

  /** A number from 0 up to, not including, 1. */
  static ValueReader<Double> share() {
    return number("a number from 0 up to, not including, 1", number -> number >= 0 && number < 1);
  }

  private static ValueReader<Double> number(
      String range, java.util.function.DoublePredicate within) {
    return text -> {
      try {
        double number = Double.parseDouble(text.trim());
        if (Double.isFinite(number) && within.test(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below, together with numbers out of range.
      }
      throw expected(range, text);
    };
  }

  /** One of an enum's constants, written as {@link #written} writes them. */
  static <E extends Enum<E>> ValueReader<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> names = constants.stream().map(ValueReader::written).toList();
    return text -> {
      int at = names.indexOf(text.trim().toLowerCase(Locale.ROOT));
      if (at >= 0) {
        return constants.get(at);
      }
      String nearest =
          NearestName.of(text, names).map(name -> "; did you mean " + name + "?").orElse("");
      throw new IllegalArgumentException(
          "expected one of %s, found %s%s"
              .formatted(String.join(", ", names), found(text), nearest));
    };
  }

  /** An enum's constant as it is written on a command line: {@code one-cycle} for ONE_CYCLE. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of an enum's constants as they are written, for help. */
  static <E extends Enum<E>> String allWritten(Class<E> type) {
    return String.join(
        ", ", Arrays.stream(type.getEnumConstants()).map(ValueReader::written).toList());
  }

  /** What a class of the library reads, with its own message. */
  static <T> ValueReader<T> of(Function<String, T> reader) {
    return reader::apply;
  }

  private static IllegalArgumentException expected(String what, String found) {
    return new IllegalArgumentException("expected %s, found %s".formatted(what, found(found)));
  }

  private static String found(String text) {
    return text.isBlank() ? "nothing" : "'" + text + "'";
  }
}
