package org.shardmean.jobs.command;

import java.util.List;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;

/** Settings that a job cannot do without. */
public final class Required {
  private Required() {}

  /**
   * Checks that all of them were given.
   *
   * @throws ConfigurationException with a line for each that was not
   */
  public static void in(GivenSettings given, List<Setting<?>> settings) {
    List<String> missing =
        settings.stream()
            .filter(setting -> given.find(setting).isEmpty())
            .map(
                setting ->
                    "%s: expected a value, found nothing; give %s %s"
                        .formatted(setting.option(), setting.option(), setting.label()))
            .toList();
    if (!missing.isEmpty()) {
      throw new ConfigurationException(missing);
    }
  }
}
