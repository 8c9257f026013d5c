package org.shardmean.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Reads a setting's value from text, wherever the text was written, checks its bounds, and writes
 * it back.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface ValueReader<T> {

  /**
   * The value of {@code text}.
   *
   * @throws IllegalArgumentException if the text is no such value; the message says what was
   *     expected and what was found
   */
  T read(String text);

  /**
   * A value as {@code result.json} has it: a String, a Number or a Boolean, whose text {@link
   * #read} reads back as the same value.
   */
  default Object plain(T value) {
    if (value instanceof Enum<?> constant) {
      return written(constant);
    }
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }

  /**
   * What JSON Schema says of {@link #plain}: keywords such as {@code minimum}, with their values.
   */
  default Map<String, Object> schema() {
    return Map.of("type", "string");
  }

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
    return described(
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw expected("true or false", text);
            },
        Map.of("type", "boolean"));
  }

  /** A whole number of at least {@code least}. */
  static ValueReader<Integer> wholeNumber(int least) {
    return described(
        wholeNumber(least, Integer.MAX_VALUE, Math::toIntExact),
        Map.of("type", "integer", "minimum", least));
  }

  /** Any whole number that fits 64 bits. */
  static ValueReader<Long> anyWholeNumber() {
    return described(
        wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE, number -> number), Map.of("type", "integer"));
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
        // Reported below, together with numbers out of range.
      }
      throw expected(range, text);
    };
  }

  /** A finite number above 0. */
  static ValueReader<Double> aboveZero() {
    return described(
        number("a number above 0, such as 0.001", number -> number > 0),
        Map.of("type", "number", "exclusiveMinimum", 0));
  }

  /** A number from 0 up to, not including, 1. */
  static ValueReader<Double> share() {
    return described(
        number("a number from 0 up to, not including, 1", number -> number >= 0 && number < 1),
        Map.of("type", "number", "minimum", 0, "exclusiveMaximum", 1));
  }

  private static ValueReader<Double> number(String range, DoublePredicate within) {
    return text -> {
      try {
        double number = Double.parseDouble(text.trim());
        if (Double.isFinite(number) && within.test(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported below, together with numbers out of range.
      }
      throw expected(range, text);
    };
  }

  /** One of an enum's constants, written as {@link #written} writes them. */
  static <E extends Enum<E>> ValueReader<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> names = constants.stream().map(ValueReader::written).toList();
    ValueReader<E> reader =
        text -> {
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
    return described(reader, Map.of("enum", names));
  }

  /** Several values, separated by commas; at least one. */
  static <T> ValueReader<List<T>> listOf(ValueReader<T> each) {
    return of(
        text -> Arrays.stream(text.split(",", -1)).map(part -> each.read(part.trim())).toList(),
        values ->
            values.stream()
                .map(value -> String.valueOf(each.plain(value)))
                .collect(Collectors.joining(",")),
        Map.of("type", "string"));
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

  /** The choice between them, as help ends with it: {@code One of: en, de, ja.} */
  static <E extends Enum<E>> String oneOfWritten(Class<E> type) {
    return "One of: " + allWritten(type) + ".";
  }

  /**
   * What a class of the library reads, with its own message.
   *
   * @param writer the inverse of {@code reader}
   * @param schema as {@link #schema}
   */
  static <T> ValueReader<T> of(
      Function<String, T> reader, Function<T, String> writer, Map<String, Object> schema) {
    return new ValueReader<>() {
      @Override
      public T read(String text) {
        return reader.apply(text);
      }

      @Override
      public Object plain(T value) {
        return writer.apply(value);
      }

      @Override
      public Map<String, Object> schema() {
        return schema;
      }
    };
  }

  /** As {@code reader}, described by a schema. */
  private static <T> ValueReader<T> described(ValueReader<T> reader, Map<String, Object> schema) {
    return new ValueReader<>() {
      @Override
      public T read(String text) {
        return reader.read(text);
      }

      @Override
      public Map<String, Object> schema() {
        return schema;
      }
    };
  }

  private static IllegalArgumentException expected(String what, String found) {
    return new IllegalArgumentException("expected %s, found %s".formatted(what, found(found)));
  }

  private static String found(String text) {
    return text.isBlank() ? "nothing" : "'" + text + "'";
  }
}
