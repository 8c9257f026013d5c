package org.shardmean.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** Java properties that know which line each of them stands on. */
public final class PropertiesText {
  private static final int MOST_BYTES = 1 << 20;

  private PropertiesText() {}

  /**
   * The settings in a properties file of at most {@value #MOST_BYTES} bytes, in UTF-8.
   *
   * @param origin the file's name, for people
   * @throws IOException if it cannot be read, or is longer; {@link #reason} says why
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static Map<String, Written> read(Path file, String origin) throws IOException {
    return parse(readText(file), origin);
  }

  /**
   * The text of a properties file of at most {@value #MOST_BYTES} bytes, in UTF-8.
   *
   * @throws IOException if it cannot be read, or is longer; {@link #reason} says why
   */
  public static String readText(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("more than " + MOST_BYTES + " bytes");
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  /** What was found instead of a properties file, as it stands in a message after "found". */
  public static String reason(Exception failure) {
    if (failure instanceof NoSuchFileException) {
      return "nothing there";
    }
    if (failure instanceof CharacterCodingException) {
      return "text that is not in UTF-8";
    }
    return String.valueOf(failure.getMessage());
  }

  /**
   * The settings in the text of a properties file; a key written twice has its last value.
   *
   * @param origin the file's name, for people
   * @throws IllegalArgumentException if it is not in the format of Java properties
   */
  public static Map<String, Written> parse(String text, String origin) {
    Map<String, Integer> lines = lineOfEachKey(text);
    Properties properties = load(text);
    Map<String, Written> settings = new LinkedHashMap<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      String where = "%s, line %d: %s".formatted(origin, lines.get(key), key);
      settings.put(key, new Written(properties.getProperty(key).trim(), where));
    }
    return settings;
  }

  /** A key's line is the one after which it first (or again) appears in what was read so far. */
  private static Map<String, Integer> lineOfEachKey(String text) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    List<String> physical = text.lines().toList();
    int start = 0;
    for (int end = 0; end < physical.size(); end++) {
      if (continues(physical.get(end))) {
        continue;
      }
      String logical = String.join("\n", physical.subList(start, end + 1));
      int line = start + 1;
      load(logical).stringPropertyNames().forEach(key -> lines.put(key, line));
      start = end + 1;
    }
    String rest = String.join("\n", physical.subList(start, physical.size()));
    int line = start + 1;
    load(rest).stringPropertyNames().forEach(key -> lines.put(key, line));
    return lines;
  }

  /** Whether the line ends with an odd number of backslashes and is no comment. */
  private static boolean continues(String line) {
    String content = line.stripLeading();
    if (content.startsWith("#") || content.startsWith("!")) {
      return false;
    }
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }

  private static Properties load(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
    return properties;
  }
}
