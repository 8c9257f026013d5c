package org.shardmean.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of DL4J that this library was built with; the shaded jar keeps no other trace. */
public final class Dl4jVersion {
  /** Such as {@code 1.0.0-M2.1}. */
  public static final String VERSION = read();

  private Dl4jVersion() {}

  private static String read() {
    try (InputStream in = Dl4jVersion.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions.getProperty("dl4j");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
