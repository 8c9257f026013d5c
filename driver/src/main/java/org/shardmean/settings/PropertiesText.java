package org.shardmean.settings;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** Java properties that know which line each of them stands on. */
public final class PropertiesText {
  private PropertiesText() {}

  /**
   * The settings in a properties file; a key written twice has its last value.
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

  /** A key's line is the one after which it first (or anew) appears in what was read so far. */
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
    int backslashes = line.length() - line.replaceAll("\\\\+$", "").length();
    return backslashes % 2 == 1;
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
