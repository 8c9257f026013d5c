package org.shardmean.settings;

import java.util.HashMap;
import java.util.Map;

/** Settings as a test writes them. */
public final class Given {
  private Given() {}

  /**
   * As on a command line.
   *
   * @param options each {@code --name=value}
   */
  public static GivenSettings of(String... options) {
    Map<String, Written> layer = new HashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      layer.put(
          option.substring(2, equals),
          new Written(option.substring(equals + 1), option.substring(0, equals)));
    }
    return GivenSettings.NONE.under(layer);
  }
}
